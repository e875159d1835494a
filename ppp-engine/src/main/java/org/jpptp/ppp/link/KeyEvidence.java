package org.jpptp.ppp.link;

import java.util.ArrayList;
import java.util.List;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.ccp.CcpPolicy;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What tells that the peer has other encryption keys than we, or none: no protocol says so. It outlives a renegotiation of
 * LCP, because a peer without keys may end the link at any time.
 */
final class KeyEvidence {
    /** Protocol-Rejects of what only wrong keys can have made of our packets. */
    private static final int REJECTS = 3;
    /** Packets of ours for each such reject, at most: a packet that was damaged on its way is rejected too, now and then. */
    private static final int FEW = 4;

    private final PppConfig config;
    private final CcpPolicy policy;
    private final DatagramPath data;

    /** Whether the peer has said nothing of CCP since it authenticated us. */
    private boolean silent;

    private boolean everSettled;
    /** The protocols, by their PPP numbers, that the peer rejects and that we never sent. */
    private final List<Integer> rejectedProtocols = new ArrayList<>();
    /** How many datagrams had been sent when the first of them came. */
    private long sentBefore;
    /** Whether the keys had worked when it came. */
    private boolean workedBefore;

    KeyEvidence(PppConfig config, CcpPolicy policy, DatagramPath data) {
        this.config = config;
        this.policy = policy;
        this.data = data;
    }

    /** CCP begins. */
    void begun() {
        silent = true;
    }

    /** The peer speaks CCP. */
    void heard() {
        silent = false;
    }

    /** CCP is settled. */
    void settled() {
        everSettled = true;
    }

    /**
     * The peer rejects a protocol that we never sent, which is what wrong keys make of our packets, or a wrong step.
     *
     * @return null unless it is one too many
     */
    @Nullable
    PppFailure rejected(int protocol) {
        if (!data.encrypted()) {
            return null;
        }
        if (rejectedProtocols.isEmpty() || data.sent() - sentBefore > FEW * (rejectedProtocols.size() + 1L)) {
            rejectedProtocols.clear();
            sentBefore = data.sent();
            workedBefore = data.worked();
        }
        rejectedProtocols.add(protocol);
        if (rejectedProtocols.size() < REJECTS) {
            return null;
        }
        if (protocol == PppProtocol.COMPRESSED) {
            return new EncryptionFailure.EncryptionRefused(EncryptionFailure.How.PACKETS_REJECTED, policy.terms());
        }
        return workedBefore
                ? new EncryptionFailure.OutOfStep(rejectedProtocols)
                : new EncryptionFailure.GarbageRejected(rejectedProtocols);
    }

    /**
     * The peer ended the link, and not for what LCP or the authentication came to.
     *
     * @param plain what was seen, where it is not about encryption
     */
    PppFailure terminated(LinkFailure.PeerTerminated plain) {
        String said = plain.said();
        boolean required = config.mppe().required();
        if (required
                && silent
                && plain.reached() != LinkFailure.Reached.UP
                && EncryptionDemand.mayMeanIt(said)
                && config.auth() instanceof AuthRole.Authenticatee) {
            return new EncryptionFailure.EndedBeforeCcp(said);
        }
        if (required && !everSettled && !policy.terms().offered().isEmpty()) {
            return new EncryptionFailure.LinkTerminatedInstead(said, policy.terms());
        }
        return plain;
    }
}
