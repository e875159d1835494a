package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Memory for packets of up to 64 KiB, which all interfaces of one event loop share: what the host sends is cut up before
 * the next is read, and what it gets waits no longer than a turn. Used on that loop only.
 */
public final class TunBuffers {
    /** Flows that are joined at a time. */
    static final int AGGREGATES = 8;

    /** Where packets are read to, so that the IP header is aligned. */
    private static final int READ_AT = 6;

    private static final int READ_OCTETS = READ_AT + VnetHeader.OCTETS + (1 << 16);

    private final ByteBuf read = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(READ_OCTETS));
    private final Aggregate passing = new Aggregate();
    private final Aggregate[] aggregates = new Aggregate[AGGREGATES];
    private int victim;

    public TunBuffers() {
        for (int i = 0; i < AGGREGATES; i++) {
            aggregates[i] = new Aggregate();
        }
    }

    /** An empty buffer for the host's next packet and its header. */
    public ByteBuf forReading() {
        return read.setIndex(READ_AT, READ_AT);
    }

    /** The aggregate for one datagram on its way. */
    Aggregate passing() {
        return passing;
    }

    Aggregate aggregate(int index) {
        return aggregates[index];
    }

    /** A free aggregate; where none is free, the next in turn is written for that. */
    Aggregate take() {
        for (Aggregate aggregate : aggregates) {
            if (aggregate.owner == null) {
                return aggregate;
            }
        }
        Aggregate taken = aggregates[victim];
        victim = (victim + 1) % AGGREGATES;
        Coalescer owner = taken.owner;
        if (owner != null) {
            owner.write(taken);
        }
        return taken;
    }
}
