package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.TreeMap;
import org.jpptp.client.explain.evidence.Moment;

/**
 * The payloads of one direction of GRE, each once and in the order of their numbers. One that is missing is waited for until
 * some others have come.
 */
final class InOrder {
    private static final int MOST_WAITING = 32;
    /** A number so far off belongs to another call, or the sender has begun anew. */
    private static final int FAR = 1 << 20;

    /** Who takes them. */
    @FunctionalInterface
    interface Sink {
        /**
         * The next payload.
         *
         * @param sequence the payload's number
         * @param skipped how many numbers were left out before it; for the first how many there must have been
         * @param missing octets at its end that were not captured
         */
        void payload(Moment at, ByteBuf payload, int sequence, int skipped, int missing);
    }

    private record Waiting(Moment at, ByteBuf payload, int sequence, int missing) {}

    private final Sink sink;
    private final TreeMap<Integer, Waiting> waiting = new TreeMap<>();
    private boolean begun;
    private int next;

    InOrder(Sink sink) {
        this.sink = sink;
    }

    void receive(Moment at, int sequence, ByteBuf payload, int missing) {
        if (!begun) {
            begun = true;
            next = sequence;
            deliver(at, payload, sequence, Math.max(0, sequence), missing);
            return;
        }
        int ahead = sequence - next;
        if (ahead == 0) {
            deliver(at, payload, sequence, 0, missing);
            drain();
        } else if (ahead > FAR || ahead < -FAR) {
            flush();
            deliver(at, payload, sequence, 0, missing);
        } else if (ahead > 0 && !waiting.containsKey(sequence)) {
            waiting.put(sequence, new Waiting(at, Unpooled.copiedBuffer(payload), sequence, missing));
            if (waiting.size() > MOST_WAITING) {
                leaveGap();
            }
        }
    }

    /** Nothing more comes. */
    void flush() {
        while (!waiting.isEmpty()) {
            leaveGap();
        }
    }

    private void leaveGap() {
        Waiting first = waiting.pollFirstEntry().getValue();
        deliver(first.at(), first.payload(), first.sequence(), first.sequence() - next, first.missing());
        drain();
    }

    private void drain() {
        while (!waiting.isEmpty() && waiting.firstKey() == next) {
            Waiting first = waiting.pollFirstEntry().getValue();
            deliver(first.at(), first.payload(), first.sequence(), 0, first.missing());
        }
    }

    private void deliver(Moment at, ByteBuf payload, int sequence, int skipped, int missing) {
        next = sequence + 1;
        sink.payload(at, payload, sequence, skipped, missing);
    }
}
