package org.jpptp.ppp;

import java.util.List;
import java.util.Set;
import org.jpptp.ppp.wire.ConfigOption;

/**
 * What RFCs leave open and implementations do in their own ways, so that one of ours can stand in for one of theirs. A
 * client of ours has {@link #OURS}; embedded servers take those of the servers that they play.
 *
 * @param lcpOptions asked for in LCP beside the usual ones, until they are refused
 * @param lcpRejects types of LCP options that are Rejected although we know them
 * @param identifications how many Identification packets follow the opening of LCP (RFC 1570 §2.1)
 * @param ipcpOptions asked for in IPCP beside the usual ones, until they are refused
 * @param earlyIpcp how IPCP and CCP stand to each other
 * @param ways what else it does its own way
 */
public record PppHabits(
        List<ConfigOption> lcpOptions,
        Set<Integer> lcpRejects,
        int identifications,
        List<ConfigOption> ipcpOptions,
        EarlyIpcp earlyIpcp,
        Set<Way> ways) {
    /** What becomes of IPCP before encryption is settled. */
    public enum EarlyIpcp {
        /** Our request waits, and the peer's is kept. */
        WAITS,
        /** Ours waits, the peer's request gets a Terminate-Ack (Windows). */
        TERMINATE_ACKS,
        /** Ours begins as soon as authentication is complete. */
        STARTS
    }

    /** What one does or does not. */
    public enum Way {
        /** An Echo-Request is sent as soon as LCP is open. */
        ECHO_AT_ONCE,
        /** CCP begins with an answer to the peer's request rather than with a request. */
        CCP_ANSWERS_FIRST,
        /** CCP asks with every bit that policy allows and leaves the choice to the peer. */
        CCP_ASKS_FOR_ALL,
        /** Naks of CCP suggest compression, where policy allows it, to a peer that did not ask for it. */
        CCP_SUGGESTS_MPPC,
        /** A peer that Naks the authentication protocol is not let in, whatever else it suggests (pppd that requires one). */
        DEMANDS_ONE_PROTOCOL,
        /**
         * Success and Failure inside EAP-MS-CHAPv2 have the identifier of the EAP packet around them, and the verdict of EAP
         * the next one (pppd).
         */
        EAP_COUNTS_ON,
        /** A challenge of CHAP names nobody (accel-ppp). */
        CHALLENGES_WITHOUT_NAME,
        /** The first request of CCP comes too early for it and is lost without an answer (accel-ppp). */
        CCP_MISSES_FIRST,
        /** MPLSCP is asked for beside IPCP (RouterOS), and its refusal is taken. */
        OFFERS_MPLS,
        /** A Terminate-Ack to IPCP, before encryption is settled, ends the link (RouterOS). */
        ENDS_WITH_EARLY_IPCP,
        /** Whom it does not know it refuses with EAP-Failure before it has proposed a method (pppd that was built with EAP-TLS). */
        EAP_PROPOSES_TO_USERS_ONLY
    }

    public static final PppHabits OURS = new PppHabits(List.of(), Set.of(), 1, List.of(), EarlyIpcp.WAITS, Set.of());

    public PppHabits {
        lcpOptions = List.copyOf(lcpOptions);
        lcpRejects = Set.copyOf(lcpRejects);
        ipcpOptions = List.copyOf(ipcpOptions);
        ways = Set.copyOf(ways);
    }

    public boolean has(Way way) {
        return ways.contains(way);
    }
}
