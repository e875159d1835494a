package org.jpptp.client.diagnosis;

import java.net.Inet4Address;
import java.util.Map;
import java.util.stream.Collectors;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;

/** What the silence of GRE means to a user. */
public final class GreDiagnosis {
    /** Addresses in one sentence. */
    private static final int MOST_NAMED = 3;

    private GreDiagnosis() {}

    /**
     * The call was accepted, and nothing came.
     *
     * @param icmp the last ICMP error about our packets, null where there was none
     */
    public static Failure blocked(GreStats stats, String server, long seconds, @Nullable IcmpError icmp) {
        StringBuilder evidence = new StringBuilder()
                .append("The call was accepted, but ")
                .append(count(stats.sent, "GRE packet"))
                .append(" sent and ")
                .append(stats.received)
                .append(" received in ")
                .append(seconds)
                .append(" s");
        if (stats.received > 0) {
            evidence.append(". None of them was usable: ")
                    .append(stats.malformed)
                    .append(" malformed, ")
                    .append(stats.foreignCall)
                    .append(" of another call");
        }
        if (icmp != null) {
            evidence.append(". ")
                    .append(icmp.offender().getHostAddress())
                    .append(" answered ICMP type ")
                    .append(icmp.type())
                    .append(" code ")
                    .append(icmp.code());
        }
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                evidence + ". GRE (IP protocol 47) is blocked between us and " + server + ".",
                "Let IP protocol 47 pass on every firewall and NAT on the way; behind Linux NAT load the module"
                        + " nf_conntrack_pptp and assign its helper.");
    }

    /**
     * The same of a log, which counts no packets.
     *
     * @param requests how many LCP Configure-Requests it shows, 0 where it shows none
     */
    public static Failure unheard(String server, int requests) {
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                (requests == 0 ? "The" : "The " + requests)
                        + " LCP Configure-Requests were not answered, and nothing else came. GRE (IP protocol 47) is blocked"
                        + " between us and " + server + ".",
                "Let IP protocol 47 pass on every firewall and NAT on the way; behind Linux NAT load the module"
                        + " nf_conntrack_pptp and assign its helper.");
    }

    /**
     * GRE of the call came, but not from where the control connection goes to.
     *
     * @param other one of the addresses that it came from
     * @param came how many packets came, by address
     */
    public static Failure fromElsewhere(
            Inet4Address server, Inet4Address other, Map<Inet4Address, Integer> came, long seconds) {
        String from = came.entrySet().stream()
                .limit(MOST_NAMED)
                .map(source -> source.getValue() + " from " + source.getKey().getHostAddress())
                .collect(Collectors.joining(", "));
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                "The call to " + server.getHostAddress() + " was accepted, but its GRE packets come from elsewhere: "
                        + from + " in " + seconds + " s, none from there.",
                "If " + other.getHostAddress()
                        + " is the server's too, connect to it. Else the server's uplink is wrong:"
                        + " it has to answer from the address that it was called at.");
    }

    /** GRE of the server's came to this host, and not to our socket. */
    public static Failure droppedHere(GreStats stats, String server, long seconds) {
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                "The call was accepted, and GRE packets of " + server
                        + " come to this host, but none reached the tunnel in " + seconds + " s (" + stats.sent
                        + " sent). This host's own firewall drops them.",
                "Allow IP protocol 47 in the INPUT rules of this host (nft list ruleset shows them). If no rule drops it,"
                        + " set rp_filter of the interface to 2.");
    }

    /** The server's packets come, and nothing shows that ours arrive. */
    public static Failure inwardsOnly(GreStats stats, String server, long seconds) {
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                "GRE passes in one direction only: " + stats.receivedOfCall() + " packets of " + server + " came in "
                        + seconds + " s, and it answered none of our " + stats.sent + ".",
                "Let IP protocol 47 out of this host and its network, and into the server's: a firewall on the way drops"
                        + " it in that direction.");
    }

    /** ICMP protocol-unreachable, and no GRE came. */
    public static Failure unreachable(IcmpError error, GreStats stats, String server) {
        return Failure.of(
                FailureReason.GRE_UNREACHABLE,
                "The call was accepted, but " + error.offender().getHostAddress()
                        + " answered our GRE packets with ICMP protocol unreachable (" + stats.sent + " sent, "
                        + stats.received + " received): nothing there takes GRE.",
                "Check that " + server + " is the PPTP server itself, and that a forwarder in front of it passes IP"
                        + " protocol 47 as well as TCP 1723.");
    }

    /** The same of a log, where a system call said so. */
    public static Failure refusedByHost(String server) {
        return Failure.of(
                FailureReason.GRE_UNREACHABLE,
                "The call was accepted, but " + server
                        + " answered GRE packets with ICMP protocol unreachable (ENOPROTOOPT): nothing there takes GRE.",
                "Check that " + server + " is the PPTP server itself, and that a forwarder in front of it passes IP"
                        + " protocol 47 as well as TCP 1723.");
    }

    /** The kernel of this host refuses to send. */
    public static Failure sendForbidden(String server) {
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                "This host refuses to send GRE to " + server + ": send() failed with EPERM (Operation not permitted)"
                        + " although the socket could be opened. A firewall rule of this host drops it.",
                "Allow IP protocol 47 in the OUTPUT rules of this host (nft list ruleset shows them).");
    }

    /** The same of a capture, which has none of the client's packets. */
    public static Failure neverSent(String server, long came) {
        return Failure.of(
                FailureReason.GRE_BLOCKED,
                "The call was accepted, and " + count(came, "GRE packet") + " recorded of " + server
                        + ", but none of the client's. Its own host drops them, or somebody before this place.",
                "Allow IP protocol 47 in the OUTPUT rules of the client's host (nft list ruleset shows them). Then look at"
                        + " every firewall between it and the place where this was recorded.");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? " was" : "s were");
    }
}
