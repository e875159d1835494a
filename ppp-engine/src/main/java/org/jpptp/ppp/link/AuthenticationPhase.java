package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.Authentication;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * The authentication of a link (RFC 1661 §3.5): the machine that LCP agreed on, from the opening of LCP until LCP is
 * open no longer. It goes on after it has succeeded: peers authenticate each other again and again.
 */
final class AuthenticationPhase {
    /** Whoever is told of every success. */
    @FunctionalInterface
    interface Success {
        void succeeded(AuthResult result, long now);
    }

    private final PppConfig config;
    private final RandomGenerator random;
    private final LinkServices link;
    private final Success succeeded;
    private @Nullable Authentication running;
    /** What was pending when LCP was open the last time. */
    private @Nullable PppFailure left;

    private int number;

    /** @param succeeded is told of every success, of the first and of repeated ones */
    AuthenticationPhase(PppConfig config, RandomGenerator random, LinkServices link, Success succeeded) {
        this.config = config;
        this.random = random;
        this.link = link;
        this.succeeded = succeeded;
    }

    /** LCP is open. */
    void start(AuthRole role, AuthProtocol protocol, long now) {
        PppFailure unanswered = left;
        left = null;
        if (unanswered != null && unanswered.cause() != PppFailure.Cause.AUTH_METHOD_REFUSED) {
            // A refused password is never sent again unasked, and the server that asked for another begins anew.
            link.fail(unanswered);
            return;
        }
        Authentication started = Authentications.of(
                role, protocol, random, config.timing().authentication(), config.habits(), new Output());
        running = started;
        number = protocol.number();
        started.start(now);
    }

    /** LCP is no longer open. */
    void stop() {
        left = pending();
        running = null;
    }

    /** What the link fails for if it ends now, null where its end has a cause of its own. */
    @Nullable
    PppFailure pending() {
        Authentication machine = running;
        return machine == null ? left : machine.pending();
    }

    /** The same where a verdict may wait for the proof that it is the peer's. */
    @Nullable
    PppFailure pending(PeerProof proof) {
        Authentication machine = running;
        ByteBuf verdict = proof.waiting(number, ChapPacket.FAILURE); // which is 4 in EAP too
        return machine == null || verdict == null ? pending() : machine.refusal(verdict);
    }

    /** Whether packets of a protocol, by its PPP number, are for the machine that runs. */
    boolean runs(int protocol) {
        return running != null && protocol == number;
    }

    /** A packet of the protocol that {@link #runs}. */
    void receive(ByteBuf packet, long now) {
        Authentication machine = running;
        if (machine != null) {
            machine.receive(packet, now);
        }
    }

    /** The peer sends network-layer protocols. */
    void peerMovedOn(long now) {
        Authentication machine = running;
        if (machine != null) {
            machine.peerMovedOn(now);
        }
    }

    void provide(@Nullable Credentials answer, long now) {
        Authentication machine = running;
        if (machine != null) {
            machine.provide(answer, now);
        }
    }

    long deadlineNanos() {
        Authentication machine = running;
        return machine == null ? Deadlines.NEVER : machine.deadlineNanos();
    }

    void onDeadline(long now) {
        Authentication machine = running;
        if (machine != null && Deadlines.passed(machine.deadlineNanos(), now)) {
            machine.onDeadline(now);
        }
    }

    private final class Output implements AuthOutput {
        @Override
        public void send(int protocol, ByteBuf packet, long now) {
            ByteBuf copy = Unpooled.buffer(ControlPacket.HEADROOM + packet.readableBytes());
            copy.setIndex(ControlPacket.HEADROOM, ControlPacket.HEADROOM)
                    .writeBytes(packet, packet.readerIndex(), packet.readableBytes());
            link.send(protocol, copy, now);
        }

        @Override
        public void note(String why) {
            link.note(why);
        }

        @Override
        public void succeeded(AuthResult result, long now) {
            succeeded.succeeded(result, now);
        }

        @Override
        public void wanted(PppEvent.SecretWanted secret, long now) {
            link.tell(secret, now);
        }

        @Override
        public void failed(PppFailure reason) {
            link.fail(reason);
        }
    }
}
