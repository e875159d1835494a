package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.ccp.CcpPolicy;
import org.jpptp.ppp.fsm.FsmOutput;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.State;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Compression control: agrees on encryption, keeps both sides' key streams in step, and tells when the keys differ.
 *
 * <p>Encryption that is required, or that was ever on, is never lost without the link ending.
 */
final class CcpLayer {
    /** Protocol-Rejects of what only wrong keys can have made of our packets. */
    private static final int REJECTS = 3;
    /** A Reset-Request that was lost, or whose flushed packet was, is repeated after this. */
    private static final long RESET_NANOS = 300_000_000L;
    /**
     * The peer's Reset-Requests are heeded so often. Each costs a change of the key and moves the count to the next flag
     * packet: a flood of them must not make the count go around while packets are under way.
     */
    private static final long HEED_NANOS = 100_000_000L;
    /** How often each is answered. */
    private static final int RESET_ACKS = 2;

    /** What becomes of it. */
    interface Events {
        /** Agreed, or nothing is to be agreed on. */
        void settled(long now);

        /** The peer negotiates anew; nothing may flow before it is settled again. */
        void unsettled(long now);
    }

    private final PppConfig config;
    private final LinkServices link;
    private final DatagramPath data;
    private final Events events;
    private final @Nullable CcpPolicy policy;
    private final @Nullable OptionFsm fsm;

    private @Nullable MppeMasterKeys keys;
    /** Whether there is anything to agree on with the keys that there are. */
    private boolean negotiating;

    private boolean settled;
    private boolean wasSettled;
    /** Whether the peer was let go without encryption, which policy allows; CCP is over then. */
    private boolean abandoned;

    private int dataRejects;
    private String rejectedProtocols = "";
    private int resetId;
    private long lastReset;
    private boolean resetSent;
    /** When a Reset-Request is heeded next, and whether one waits for that. */
    private long heedAt;

    private boolean heeded;
    private boolean heedLater;
    /** The identifier of the last Reset-Request. */
    private int heedId;

    /** Whether the peer has said nothing of CCP since it authenticated us. */
    private boolean unheard;

    CcpLayer(PppConfig config, RandomGenerator random, LinkServices link, DatagramPath data, Events events) {
        this.config = config;
        this.link = link;
        this.data = data;
        this.events = events;
        MppePolicy mppe = config.mppe();
        CcpPolicy negotiated = new CcpPolicy(mppe, config.habits());
        if (!negotiated.keys(EnumSet.allOf(MppeStrength.class))) {
            policy = null;
            fsm = null;
        } else {
            policy = negotiated;
            PppTiming timing = mppe.required() ? config.timing() : impatient(config.timing());
            fsm = new OptionFsm(PppProtocol.CCP, policy, timing, random.nextInt(256), new Output());
        }
    }

    /** Where encryption is optional, a peer without CCP is to leave time for IPCP. */
    private static PppTiming impatient(PppTiming timing) {
        return new PppTiming(
                timing.restart(),
                timing.terminateRestart(),
                Math.max(1, timing.maxConfigure() / 2),
                timing.maxTerminate(),
                timing.maxFailure(),
                timing.authentication(),
                timing.network(),
                timing.echoInterval(),
                timing.echoFailures());
    }

    /**
     * Authentication is complete.
     *
     * @param masterKeys null where it yielded none
     */
    void start(@Nullable MppeMasterKeys masterKeys, int peerMru, long now) {
        keys = masterKeys;
        negotiating = policy != null && policy.keys(masterKeys == null ? Set.of() : masterKeys.strengths());
        if (config.mppe().required() && !negotiating) {
            link.fail(new PppFailure(
                    Cause.ENCRYPTION_REFUSED,
                    0,
                    masterKeys == null
                            ? "encryption is required, but the authentication yields no keys"
                            : "encryption is required, but of this password MS-CHAP v1 makes keys of 128 bits only"));
        } else if (fsm == null || !negotiating) {
            settle(null, null, now);
        } else {
            unheard = true;
            fsm.limitPackets(peerMru);
            if (config.habits().ccpWaits()) {
                fsm.answerFirst();
            }
            fsm.open(now);
            fsm.up(now);
        }
    }

    /** LCP is no longer open. */
    void stop(long now) {
        settled = false;
        abandoned = false;
        heedLater = false;
        lowerDown(now);
    }

    private void lowerDown(long now) {
        if (fsm != null && fsm.state() != State.INITIAL && fsm.state() != State.STARTING) {
            fsm.down(now);
        }
    }

    boolean isSettled() {
        return settled;
    }

    long deadlineNanos() {
        long heed = heedLater ? heedAt : Long.MAX_VALUE;
        return fsm == null ? heed : Deadlines.earlier(heed, fsm.deadlineNanos());
    }

    void onDeadline(long now) {
        if (heedLater && now - heedAt >= 0) {
            resetRequested(now);
        }
        if (fsm != null) {
            fsm.onDeadline(now);
        }
    }

    /** A packet of CCP; false where CCP is not for us. */
    boolean receive(ByteBuf packet, long now) {
        if (fsm == null || !negotiating || abandoned) {
            return false;
        }
        unheard = false;
        if (!fsm.receive(packet, now)) {
            link.note("a malformed CCP packet is discarded");
        }
        return true;
    }

    /** Looks at what an encrypted packet did to the keys. */
    void afterUndecipherable(long now) {
        if (data.keysDiffer(now)) {
            link.fail(new PppFailure(
                    Cause.KEYS_DIFFER,
                    0,
                    "authentication succeeded, but none of the last encrypted packets of the peer decrypts: its keys "
                            + "differ or are missing"));
        } else if (data.resetWanted() && (!resetSent || now - lastReset >= RESET_NANOS)) {
            resetSent = true;
            lastReset = now;
            resetId = (resetId + 1) & 0xFF;
            link.send(PppProtocol.CCP, ControlPacket.encode(ControlPacket.RESET_REQUEST, resetId));
        }
    }

    private void resetRequested(long now) {
        heedLater = heeded && now - heedAt < 0;
        if (!heedLater) {
            heeded = true;
            heedAt = now + HEED_NANOS;
            // Before the flushed packet: Linux decrypts nothing until it has this, whatever RFC 3078 §8.1 says. And
            // twice: a
            // lost one costs a second until the peer asks again, and when the count has wrapped around by then, the
            // link.
            for (int i = 0; i < RESET_ACKS; i++) {
                link.send(PppProtocol.CCP, ControlPacket.encode(ControlPacket.RESET_ACK, heedId));
            }
            data.resetRequested();
        }
    }

    /**
     * The peer ended the link, and not for what LCP or the authentication came to.
     *
     * @param how what it said, in words
     */
    PppFailure terminated(String how) {
        boolean client = config.auth() instanceof AuthRole.Authenticatee;
        if (client && unheard && config.mppe().required()) {
            return new PppFailure(
                    Cause.KEYS_DIFFER,
                    0,
                    "authentication succeeded, then " + how
                            + ", before a word on encryption: likeliest its RADIUS server returned no MPPE keys");
        }
        if (policy != null
                && !wasSettled
                && !policy.offered().isEmpty()
                && config.mppe().required()) {
            return policy.refused("the peer offered " + policy.offered() + ", then " + how);
        }
        return new PppFailure(Cause.PEER_TERMINATED, 0, how);
    }

    /** The peer does not know CCP. */
    void protocolRejected(long now) {
        encryptionLost("the peer rejects CCP, encryption is switched off there", now);
    }

    /** The peer rejects a protocol that we never sent: that is what wrong keys make of our packets. */
    void dataRejected(int protocol) {
        if (!data.encrypted() || data.everDecrypted()) {
            return;
        }
        dataRejects++;
        rejectedProtocols += (rejectedProtocols.isEmpty() ? "0x" : ", 0x") + Integer.toHexString(protocol);
        if (dataRejects < REJECTS) {
            return;
        }
        if (protocol == PppProtocol.COMPRESSED && policy != null) {
            link.fail(policy.refused("the peer rejects encrypted packets"));
        } else {
            link.fail(new PppFailure(
                    Cause.KEYS_DIFFER,
                    0,
                    "authentication succeeded, but the peer rejects protocols that we never sent (" + rejectedProtocols
                            + "): its encryption keys differ or are missing"));
        }
    }

    private void encryptionLost(String how, long now) {
        if (policy == null) {
            return;
        }
        if (config.mppe().required() || data.encrypted()) {
            link.fail(policy.refused(how));
        } else if (!abandoned) {
            link.note(how + "; going on without encryption");
            abandoned = true;
            lowerDown(now);
            settle(null, null, now);
        }
    }

    private void settle(PppEvent.@Nullable Coding send, PppEvent.@Nullable Coding receive, long now) {
        PppEvent.EncryptionSettled terms = new PppEvent.EncryptionSettled(send, receive);
        if (link.tell(terms)) {
            data.encryption(terms, keys);
            settled = true;
            wasSettled = true;
            events.settled(now);
        }
    }

    private final class Output implements FsmOutput {
        @Override
        public void send(ByteBuf packet) {
            link.send(PppProtocol.CCP, packet);
        }

        @Override
        public void note(String why) {
            link.note("CCP: " + why);
        }

        @Override
        public void up(long now) {
            if (policy != null) {
                settle(policy.send(), policy.receive(), now);
            }
        }

        @Override
        public void down(long now) {
            settled = false;
            events.unsettled(now);
        }

        @Override
        public void finished(long now) {
            // Only reached after a close of ours, and what follows from that was done then.
        }

        @Override
        public void failed(PppFailure failure, long now) {
            if (config.mppe().required() || data.encrypted()) {
                link.fail(failure);
            } else {
                encryptionLost(failure.evidence(), now);
            }
        }

        @Override
        public void terminated(ByteBuf reason, long now) {
            String text = PeerText.escape(reason);
            encryptionLost("the peer ended CCP" + (text.isEmpty() ? "" : ": " + text), now);
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            // The peer's Reset-Ack means nothing: the FLUSHED bit does what it would do (RFC 3078 §8.2).
            if (packet.code() == ControlPacket.RESET_REQUEST) {
                heedId = packet.id();
                resetRequested(now);
            }
        }

        @Override
        public void codeRejected(int code) {
            link.note("CCP: the peer does not know code " + code);
        }
    }
}
