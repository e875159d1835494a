package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Copies of payloads that arrived while an earlier one was missing. Its memory grows with the first use of every place
 * and is used again from then on. Sequence numbers held at the same time lie within the capacity of one another; the
 * caller sees to that.
 */
final class ReorderBuffer {
    private final @Nullable ByteBuf[] payloads;
    private final boolean[] held;
    private final long[] arrivedAt;
    private final int mask;
    private int size;
    private long oldestArrival;
    private boolean oldestKnown;

    /**
     * The places are a power of two, so that they stay right when numbers wrap around, and more than the capacity, so
     * that the missing number has a place of its own beside those held.
     */
    ReorderBuffer(int capacity) {
        int places = capacity == 0 ? 1 : Integer.highestOneBit(capacity) << 1;
        payloads = new ByteBuf[places];
        held = new boolean[places];
        arrivedAt = new long[places];
        mask = places - 1;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean holds(int sequence) {
        return held[sequence & mask];
    }

    /** Keeps a copy of {@code length} octets of a packet. */
    void hold(int sequence, ByteBuf packet, int index, int length, long now) {
        int place = sequence & mask;
        ByteBuf payload = payloads[place];
        if (payload == null) {
            payload = Unpooled.buffer(Math.max(length, 2048));
            payloads[place] = payload;
        }
        payload.clear().writeBytes(packet, index, length);
        held[place] = true;
        arrivedAt[place] = now;
        if (size++ == 0) {
            oldestArrival = now;
            oldestKnown = true;
        }
    }

    /** Takes out what is held under a number; the buffer is valid until something is held again. */
    @Nullable
    ByteBuf take(int sequence) {
        int place = sequence & mask;
        if (!held[place]) {
            return null;
        }
        held[place] = false;
        size--;
        oldestKnown = false;
        return payloads[place];
    }

    /** When the payload that has waited longest arrived; there must be one. */
    long oldestArrival() {
        if (!oldestKnown) {
            boolean found = false;
            for (int place = 0; place <= mask; place++) {
                if (held[place] && (!found || arrivedAt[place] - oldestArrival < 0)) {
                    oldestArrival = arrivedAt[place];
                    found = true;
                }
            }
            oldestKnown = true;
        }
        return oldestArrival;
    }
}
