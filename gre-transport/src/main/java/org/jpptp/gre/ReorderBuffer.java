package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Copies of payloads that arrived while an earlier one was missing. It has no memory before the first; then that grows
 * with what is held at the same time, is used again, shrinks by half of what was not needed, and is given back after
 * {@value #KEEP_NANOS} ns without use. Sequence numbers held at the same time lie within the capacity of one another; the
 * caller sees to that.
 *
 * <p>There is room for two payloads that claim the same number: one of them may be forged.
 */
final class ReorderBuffer {
    private static final int CLAIMS = 2;
    private static final int USUAL_OCTETS = 2048;
    /** Losses that go on come more often than this. */
    static final long KEEP_NANOS = 1_000_000_000L;

    private static final @Nullable ByteBuf[] NO_PAYLOADS = {};
    private static final long[] NO_TIMES = {};

    /** The claims to one number are neighbours; null where nothing is held. */
    private @Nullable ByteBuf[] payloads = NO_PAYLOADS;

    private long[] arrivedAt = NO_TIMES;
    private final ArrayDeque<ByteBuf> spare = new ArrayDeque<>(0);
    private final int mask;
    private long lastUsed;
    private int size;
    /** How many were held at once since the buffer was empty. */
    private int most;

    private long oldestArrival;
    private boolean oldestKnown;

    /**
     * The places are a power of two, so that they stay right when numbers wrap around, and more than the capacity, so
     * that the missing number has a place of its own beside those held.
     */
    ReorderBuffer(int capacity) {
        int places = capacity == 0 ? 1 : Integer.highestOneBit(capacity) << 1;
        mask = places - 1;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When {@link #release} gives something back; {@link Long#MAX_VALUE} for never. */
    long releaseAtNanos() {
        return size > 0 || payloads.length == 0 ? Deadlines.NEVER : lastUsed + KEEP_NANOS;
    }

    /** Gives all memory back if that is due. */
    void release(long now) {
        if (size == 0 && payloads.length > 0 && now - lastUsed >= KEEP_NANOS) {
            payloads = NO_PAYLOADS;
            arrivedAt = NO_TIMES;
            spare.clear();
        }
    }

    boolean holds(int sequence) {
        if (size == 0) {
            return false;
        }
        int place = place(sequence);
        return payloads[place] != null || payloads[place + 1] != null;
    }

    /** Keeps a copy of a payload; false where it is there already, or two others are. */
    boolean hold(int sequence, ByteBuf arrived, long now) {
        if (payloads.length == 0) {
            payloads = new ByteBuf[CLAIMS * (mask + 1)];
            arrivedAt = new long[CLAIMS * (mask + 1)];
        }
        lastUsed = now;
        int free = -1;
        for (int place = place(sequence) + CLAIMS - 1; place >= place(sequence); place--) {
            ByteBuf payload = payloads[place];
            if (payload == null) {
                free = place;
            } else if (ByteBufUtil.equals(payload, arrived)) {
                return false;
            }
        }
        if (free < 0) {
            return false;
        }
        int length = arrived.readableBytes();
        ByteBuf payload = spare.isEmpty() ? Unpooled.buffer(Math.max(length, USUAL_OCTETS)) : spare.pop();
        payloads[free] = payload.clear().writeBytes(arrived, arrived.readerIndex(), length);
        arrivedAt[free] = now;
        if (size++ == 0) {
            oldestArrival = now;
            oldestKnown = true;
        }
        most = Math.max(most, size);
        return true;
    }

    /** Takes out one that is held under a number; the buffer is valid until something is held again. */
    @Nullable
    ByteBuf take(int sequence) {
        if (size == 0) {
            return null;
        }
        for (int place = place(sequence); place < place(sequence) + CLAIMS; place++) {
            ByteBuf payload = payloads[place];
            if (payload != null) {
                release(place, payload);
                return payload;
            }
        }
        return null;
    }

    /** Forgets what is held under a number. */
    void drop(int sequence) {
        for (ByteBuf held = take(sequence); held != null; held = take(sequence)) {
            // it is forgotten by being taken out
        }
    }

    private void release(int place, ByteBuf payload) {
        payloads[place] = null;
        spare.push(payload);
        oldestKnown = false;
        if (--size == 0) {
            for (int surplus = spare.size() - most; surplus > 0; surplus -= 2) {
                spare.removeLast();
            }
            most = 0;
        }
    }

    private int place(int sequence) {
        return CLAIMS * (sequence & mask);
    }

    /** When the payload that has waited longest arrived; there must be one. */
    long oldestArrival() {
        if (!oldestKnown) {
            boolean found = false;
            for (int place = 0; place < payloads.length; place++) {
                if (payloads[place] != null && (!found || arrivedAt[place] - oldestArrival < 0)) {
                    oldestArrival = arrivedAt[place];
                    found = true;
                }
            }
            oldestKnown = true;
        }
        return oldestArrival;
    }
}
