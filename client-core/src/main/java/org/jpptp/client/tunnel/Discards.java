package org.jpptp.client.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.jpptp.client.tun.TunDevice;

/**
 * Reads an interface whose tunnel is away: what the host sends there is counted and goes nowhere. It would otherwise wait in
 * the interface's queue, and be sent when it is stale.
 */
final class Discards implements TunDevice.Listener {
    /** What a listener leaves free before a datagram. */
    private static final int HEADROOM = 64;

    /** More than an interface of ours has for its MTU. */
    private static final int LONGEST = 2048;

    private final ByteBuf room = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(HEADROOM + LONGEST));
    private final IntConsumer dead;
    private long count;

    /** @param dead is told the errno when the interface is gone */
    Discards(IntConsumer dead) {
        this.dead = dead;
    }

    /** From now on nothing passes; what has been read for the host already still gets there. */
    void begin(TunDevice tun) {
        tun.flush();
        tun.start(this);
        tun.resume(); // whoever sent last may have had no room
    }

    /** How many datagrams of the host's have gone nowhere. */
    long count() {
        return count;
    }

    @Override
    public ByteBuf buffer() {
        return room.setIndex(HEADROOM, HEADROOM);
    }

    @Override
    public void received(ByteBuf datagram) {
        count++;
    }

    @Override
    public void batchEnd() {
        // There is nothing to send.
    }

    @Override
    public void failed(int errno) {
        dead.accept(errno);
    }
}
