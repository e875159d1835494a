package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes joined packets apart, or only counts them. */
final class Far implements Coalescer.Host, TunDevice.Listener {
    final TunStats stats = new TunStats();
    final Segmenter segmenter = new Segmenter(stats);
    final List<byte[]> packets = new ArrayList<>();
    final List<byte[]> datagrams = new ArrayList<>();
    final ByteBuf slot = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2000));
    boolean keeping = true;

    @Override
    public void write(ByteBuf packet, int count, int octets) {
        if (keeping) {
            packets.add(ByteBufUtil.getBytes(packet));
        }
        long before = stats.receivedOctets;
        int taken = segmenter.take(packet, this);
        if (stats.tooLong == 0 && (taken != count || stats.receivedOctets - before != octets)) {
            throw new AssertionError(taken + " datagrams instead of " + count);
        }
    }

    @Override
    public ByteBuf buffer() {
        return slot.setIndex(64, 64);
    }

    @Override
    public void received(ByteBuf datagram) {
        if (keeping) {
            datagrams.add(ByteBufUtil.getBytes(datagram));
        }
    }

    @Override
    public void batchEnd() {}

    @Override
    public void failed(int errno) {}
}
