package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * One direction of a TCP connection in its order, each octet once. A gap that is not filled within some segments is left
 * behind: the capture has lost what was in it.
 */
final class TcpDirection {
    private static final int MOST_WAITING = 32;
    private static final int MOST_AHEAD = 1 << 20;

    /** What is told of the octets. */
    enum Continuity {
        NEXT,
        /** Something before them is missing. */
        BEHIND_A_GAP
    }

    private final BiConsumer<ByteBuf, Continuity> sink;
    /** By how far they lie ahead of the first of all. */
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();

    private boolean begun;
    private int expected;
    private long position;
    private long acknowledged;
    private boolean gaps;
    private boolean behindAGap;

    TcpDirection(BiConsumer<ByteBuf, Continuity> sink) {
        this.sink = sink;
    }

    /** A SYN: the stream begins behind it. */
    void begin(int sequence) {
        begun = true;
        expected = sequence + 1;
        waiting.clear();
    }

    /** Whether octets have been seen, or where they begin. */
    boolean hasBegun() {
        return begun;
    }

    /** A segment with octets. */
    void segment(int sequence, ByteBuf octets) {
        if (!begun) {
            begun = true;
            expected = sequence;
        }
        int ahead = sequence - expected; // in serial arithmetic
        int length = octets.readableBytes();
        if (ahead + length <= 0 || ahead > MOST_AHEAD) {
            return;
        }
        if (ahead <= 0) {
            deliver(octets.skipBytes(-ahead), Continuity.NEXT);
        } else {
            waiting.putIfAbsent(position + ahead, ByteBufUtil.getBytes(octets));
        }
        drain();
        if (waiting.size() > MOST_WAITING) {
            leaveGap();
        }
    }

    /** What comes at this place was sent and not captured. */
    void leaveOut(int sequence, int length) {
        if (length > 0 && begun && sequence == expected) {
            expected += length;
            position += length;
            gaps = true;
            behindAGap = true;
            drain();
        }
    }

    /** The other side has received all before this number, be it recorded or not. */
    void acknowledged(int sequence) {
        int ahead = sequence - expected;
        if (begun && ahead > 0 && ahead <= MOST_AHEAD) {
            acknowledged = Math.max(acknowledged, position + ahead);
        }
    }

    /** A FIN, which counts as an octet. */
    void finish(int sequence) {
        if (begun && sequence == expected) {
            expected++;
            position++;
        }
    }

    /** Nothing more comes: what waits behind gaps is told all the same. */
    void end() {
        while (!waiting.isEmpty()) {
            leaveGap();
        }
    }

    /** Whether all octets were recorded that are known of. */
    boolean isWhole() {
        return !gaps && acknowledged <= position;
    }

    private void leaveGap() {
        gaps = true;
        long next = waiting.firstKey();
        expected += (int) (next - position);
        position = next;
        byte[] octets = waiting.pollFirstEntry().getValue();
        deliver(Unpooled.wrappedBuffer(octets), Continuity.BEHIND_A_GAP);
        drain();
    }

    private void drain() {
        while (!waiting.isEmpty() && waiting.firstKey() <= position) {
            long at = waiting.firstKey();
            ByteBuf octets = Unpooled.wrappedBuffer(waiting.pollFirstEntry().getValue());
            int known = (int) (position - at);
            if (known < octets.readableBytes()) {
                deliver(octets.skipBytes(known), Continuity.NEXT);
            }
        }
    }

    private void deliver(ByteBuf octets, Continuity continuity) {
        int length = octets.readableBytes();
        expected += length;
        position += length;
        Continuity here = behindAGap ? Continuity.BEHIND_A_GAP : continuity;
        behindAGap = false;
        sink.accept(octets, here);
    }
}
