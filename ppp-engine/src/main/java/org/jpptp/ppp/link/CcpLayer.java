package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.ccp.CcpPolicy;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.State;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Compression control: agrees on encryption, and ends the link where the keys differ ({@link KeyEvidence}). Both sides'
 * key streams are kept in step by {@link ResetExchange}.
 *
 * <p>Encryption that is required, or that was ever on, is never lost without the link ending.
 */
final class CcpLayer {
    /** What becomes of it. */
    interface Events {
        /** Agreed, or nothing is to be agreed on. */
        void settled(long now);

        /** The peer negotiates anew; nothing may flow before it is settled again. */
        void unsettled(long now);
    }

    /** How far it is. */
    private sealed interface Agreement {
        /** Authentication is not complete. */
        record Waiting() implements Agreement {}

        /** Both sides are at it. */
        record Negotiating(@Nullable MppeMasterKeys keys) implements Agreement {}

        /** Both sides have acknowledged. */
        record Agreed(@Nullable MppeMasterKeys keys) implements Agreement {}

        /** CCP is not spoken: there is nothing to agree on, or the peer was let go without, which policy allows. */
        record Unspoken() implements Agreement {}
    }

    private final PppConfig config;
    private final LinkServices link;
    private final DatagramPath data;
    private final Events events;
    private final CcpPolicy policy;
    private final OptionFsm fsm;
    private final ResetExchange resets;
    private final KeyEvidence evidence;

    private Agreement agreement = new Agreement.Waiting();
    /** Whether the peer's next request is lost ({@link PppHabits.Way#CCP_MISSES_FIRST}). */
    private boolean deaf;

    CcpLayer(PppConfig config, RandomGenerator random, LinkServices link, DatagramPath data, Events events) {
        this.config = config;
        this.link = link;
        this.data = data;
        this.events = events;
        policy = new CcpPolicy(config.mppe(), config.habits());
        PppTiming timing = config.mppe().required() ? config.timing() : impatient(config.timing());
        int firstId = policy.hopeful() ? random.nextInt(256) : 0;
        fsm = new OptionFsm(PppProtocol.CCP, policy, timing, link.roundTrip(), firstId, new Output());
        resets = new ResetExchange(link, data);
        evidence = new KeyEvidence(config, policy, data);
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
        if (policy.keys(masterKeys == null ? Set.of() : masterKeys.strengths())) {
            agreement = new Agreement.Negotiating(masterKeys);
            evidence.begun();
            deaf = config.habits().has(PppHabits.Way.CCP_MISSES_FIRST);
            fsm.limitPackets(peerMru);
            if (config.habits().has(PppHabits.Way.CCP_ANSWERS_FIRST)) {
                fsm.answerFirst();
            }
            fsm.open(now);
            fsm.up(now);
        } else if (config.mppe().required()) {
            link.fail(new EncryptionFailure.NoKeys(
                    masterKeys == null
                            ? EncryptionFailure.Lack.METHOD_WITHOUT_KEYS
                            : EncryptionFailure.Lack.OTHER_STRENGTH));
        } else {
            goWithout(now);
        }
    }

    /** LCP is no longer open. */
    void stop(long now) {
        agreement = new Agreement.Waiting();
        resets.stop();
        lowerDown(now);
    }

    private void lowerDown(long now) {
        if (fsm.state() != State.INITIAL && fsm.state() != State.STARTING) {
            fsm.down(now);
        }
    }

    boolean isSettled() {
        return agreement instanceof Agreement.Agreed || agreement instanceof Agreement.Unspoken;
    }

    long deadlineNanos() {
        return Deadlines.earlier(resets.deadlineNanos(), fsm.deadlineNanos());
    }

    void onDeadline(long now) {
        resets.onDeadline(now);
        fsm.onDeadline(now);
    }

    /** A packet of CCP; false where CCP is not for us. */
    boolean receive(ByteBuf packet, long now) {
        if (!(agreement instanceof Agreement.Negotiating) && !(agreement instanceof Agreement.Agreed)) {
            return false;
        }
        if (deaf
                && ControlPacket.parse(packet) instanceof ControlPacket first
                && first.code() == ControlPacket.CONFIGURE_REQUEST) {
            deaf = false;
            return true;
        }
        evidence.heard();
        if (!fsm.receive(packet, now)) {
            link.note("a malformed CCP packet is discarded");
        }
        return true;
    }

    /** Looks at what an encrypted packet did to the keys. */
    void afterUndecipherable(long now) {
        resets.ask(now);
    }

    /**
     * The peer ended the link, and not for what LCP or the authentication came to.
     *
     * @param plain what was seen, where it is not about encryption
     */
    PppFailure terminated(LinkFailure.PeerTerminated plain) {
        return evidence.terminated(plain);
    }

    /** What is allowed, and what the peer has offered instead of what we asked for. */
    EncryptionFailure.Terms terms() {
        return policy.terms();
    }

    /** The peer does not know CCP. */
    void protocolRejected(long now) {
        encryptionLost(
                new EncryptionFailure.EncryptionRefused(EncryptionFailure.How.CCP_REJECTED, policy.terms()), now);
    }

    /** The peer rejects a protocol that we never sent. */
    void dataRejected(int protocol) {
        PppFailure failure = evidence.rejected(protocol);
        if (failure != null) {
            link.fail(failure);
        }
    }

    private void encryptionLost(PppFailure why, long now) {
        if (config.mppe().required() || data.encrypted()) {
            link.fail(why);
        } else if (!(agreement instanceof Agreement.Unspoken)) {
            link.goesOnWithout(PppTrace.Omitted.ENCRYPTION, why);
            lowerDown(now);
            goWithout(now);
        }
    }

    private void goWithout(long now) {
        settle(new Agreement.Unspoken(), new PppEvent.EncryptionSettled(null, null), null, now);
    }

    private void settle(Agreement settled, PppEvent.EncryptionSettled terms, @Nullable MppeMasterKeys keys, long now) {
        if (link.tell(terms, now)) {
            data.encryption(terms, keys);
            agreement = settled;
            evidence.settled();
            events.settled(now);
        }
    }

    private final class Output extends LayerOutput {
        Output() {
            super(PppProtocol.CCP, link);
        }

        @Override
        public void up(long now) {
            if (agreement instanceof Agreement.Negotiating negotiating) {
                settle(
                        new Agreement.Agreed(negotiating.keys()),
                        new PppEvent.EncryptionSettled(policy.send(), policy.receive()),
                        negotiating.keys(),
                        now);
            }
        }

        @Override
        public void down(long now) {
            if (agreement instanceof Agreement.Agreed agreed) {
                agreement = new Agreement.Negotiating(agreed.keys());
            }
            events.unsettled(now);
        }

        @Override
        public void failed(PppFailure failure, long now) {
            encryptionLost(failure, now);
        }

        @Override
        void terminated(String text, long now) {
            encryptionLost(new EncryptionFailure.CcpTerminated(text, policy.terms()), now);
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            // The peer's Reset-Ack means nothing: the FLUSHED bit does what it would do (RFC 3078 §8.2).
            if (packet.code() == ControlPacket.RESET_REQUEST) {
                resets.requested(packet.id(), now);
            }
        }
    }
}
