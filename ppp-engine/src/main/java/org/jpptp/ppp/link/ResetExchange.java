package org.jpptp.ppp.link;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The Reset-Requests of CCP, both ways (RFC 3078 §8.1): ours where we have lost track of the peer's packets, and the
 * answers to the peer's.
 *
 * <p>However many Reset-Requests the peer sends, few are heeded: each costs a change of the key and moves the count to
 * the next flag packet, and a flood of them must not make the count go around while packets are under way.
 */
final class ResetExchange {
    /** A Reset-Request that was lost, or whose flushed packet was, is repeated after this. */
    private static final Duration REPEAT = Duration.ofMillis(300);
    /** The peer's Reset-Requests are heeded so often. */
    private static final Duration REST = Duration.ofMillis(100);
    /** How often each is answered. */
    private static final int RESET_ACKS = 2;

    /** A Reset-Request of ours, and when it went out. */
    private record Asked(int id, long sent) {}

    /** What a Reset-Request of the peer's meets. */
    private sealed interface Heed {
        /** Heeds the next one at once. */
        record AtOnce() implements Heed {}

        /**
         * Has heeded one.
         *
         * @param restedAt when to heed the next one at once again
         */
        record Resting(long restedAt) implements Heed {}

        /**
         * Has got another one meanwhile.
         *
         * @param id its identifier
         * @param heedAt when to heed it
         */
        record Owing(int id, long heedAt) implements Heed {}
    }

    private final LinkServices link;
    private final DatagramPath data;

    private @Nullable Asked asked;
    private Heed heed = new Heed.AtOnce();

    ResetExchange(LinkServices link, DatagramPath data) {
        this.link = link;
        this.data = data;
    }

    /** A packet did not decode: asks the peer for a flushed packet where one is wanted, and not too often. */
    void ask(long now) {
        Asked last = asked;
        if (data.resetWanted() && (last == null || now - last.sent() >= REPEAT.toNanos())) {
            Asked next = new Asked(last == null ? 1 : last.id() + 1 & 0xFF, now);
            asked = next;
            link.send(PppProtocol.CCP, ControlPacket.encode(ControlPacket.RESET_REQUEST, next.id()), now);
        }
    }

    /** The peer has lost track of our packets. */
    void requested(int id, long now) {
        if (heed instanceof Heed.Resting resting && now - resting.restedAt() < 0) {
            heed = new Heed.Owing(id, resting.restedAt());
        } else if (heed instanceof Heed.Owing owing && now - owing.heedAt() < 0) {
            heed = new Heed.Owing(id, owing.heedAt());
        } else {
            heed(id, now);
        }
    }

    long deadlineNanos() {
        return heed instanceof Heed.Owing owing ? owing.heedAt() : Deadlines.NEVER;
    }

    void onDeadline(long now) {
        if (heed instanceof Heed.Owing owing && Deadlines.passed(owing.heedAt(), now)) {
            heed(owing.id(), now);
        }
    }

    /** LCP is no longer open: what is owed is owed no more. */
    void stop() {
        if (heed instanceof Heed.Owing owing) {
            heed = new Heed.Resting(owing.heedAt());
        }
    }

    private void heed(int id, long now) {
        heed = new Heed.Resting(Deadlines.after(REST, now));
        // Before the flushed packet: Linux decrypts nothing until it has this, whatever RFC 3078 §8.1 says. And twice:
        // a
        // lost one costs a second until the peer asks again, and when the count has wrapped around by then, the link.
        for (int i = 0; i < RESET_ACKS; i++) {
            link.send(PppProtocol.CCP, ControlPacket.encode(ControlPacket.RESET_ACK, id), now);
        }
        data.resetRequested();
    }
}
