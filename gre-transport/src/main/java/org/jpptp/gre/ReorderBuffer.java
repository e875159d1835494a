package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Copies of payloads that arrived while an earlier one was missing. Its memory grows with the first use of every place
 * and is used again from then on. Sequence numbers held at the same time lie within the capacity of one another; the
 * caller sees to that.
 *
 * <p>There is room for two payloads that claim the same number: one of them may be forged.
 */
final class ReorderBuffer {
    private static final int CLAIMS = 2;

    /** The claims to one number are neighbours. */
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
        payloads = new ByteBuf[CLAIMS * places];
        held = new boolean[CLAIMS * places];
        arrivedAt = new long[CLAIMS * places];
        mask = places - 1;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean holds(int sequence) {
        int place = place(sequence);
        return held[place] || held[place + 1];
    }

    /** Keeps a copy of {@code length} octets of a packet; false where it is there already, or two others are. */
    boolean hold(int sequence, ByteBuf packet, int index, int length, long now) {
        int free = -1;
        for (int place = place(sequence) + CLAIMS - 1; place >= place(sequence); place--) {
            if (!held[place]) {
                free = place;
            } else if (isSame(payloads[place], packet, index, length)) {
                return false;
            }
        }
        if (free < 0) {
            return false;
        }
        ByteBuf payload = payloads[free];
        if (payload == null) {
            payload = Unpooled.buffer(Math.max(length, 2048));
            payloads[free] = payload;
        }
        payload.clear().writeBytes(packet, index, length);
        held[free] = true;
        arrivedAt[free] = now;
        if (size++ == 0) {
            oldestArrival = now;
            oldestKnown = true;
        }
        return true;
    }

    private static boolean isSame(@Nullable ByteBuf payload, ByteBuf packet, int index, int length) {
        return payload != null
                && payload.readableBytes() == length
                && ByteBufUtil.equals(payload, payload.readerIndex(), packet, index, length);
    }

    /** Takes out one that is held under a number; the buffer is valid until something is held again. */
    @Nullable
    ByteBuf take(int sequence) {
        for (int place = place(sequence); place < place(sequence) + CLAIMS; place++) {
            if (held[place]) {
                release(place);
                return payloads[place];
            }
        }
        return null;
    }

    /** Forgets what is held under a number. */
    void drop(int sequence) {
        for (int place = place(sequence); place < place(sequence) + CLAIMS; place++) {
            if (held[place]) {
                release(place);
            }
        }
    }

    private void release(int place) {
        held[place] = false;
        size--;
        oldestKnown = false;
    }

    private int place(int sequence) {
        return CLAIMS * (sequence & mask);
    }

    /** When the payload that has waited longest arrived; there must be one. */
    long oldestArrival() {
        if (!oldestKnown) {
            boolean found = false;
            for (int place = 0; place < held.length; place++) {
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
