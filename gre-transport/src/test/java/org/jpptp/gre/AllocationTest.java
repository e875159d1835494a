package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The data path leaves no garbage. */
class AllocationTest {
    private static final int PACKETS = 200_000;
    /** What the measurement itself may leave. */
    private static final long TOLERANCE = 16_384;

    private final ByteBuf frame =
            Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048)).setIndex(64, 64 + 1400);
    private final ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
    private long transmitted;
    private long delivered;
    private final GreTunnel tunnel =
            new GreTunnel(GreConfig.standard(GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), new GreOutput() {
                @Override
                public void transmit(ByteBuf packet) {
                    transmitted += packet.readableBytes();
                }

                @Override
                public Trust deliver(ByteBuf payload, int sequence, long now) {
                    delivered += payload.readableBytes();
                    return Trust.PROVEN;
                }
            });
    private int sequence;

    private void receive(int number, long now) {
        datagram.clear();
        datagram.writeInt(0x45000000 | (20 + 16 + 1400)).writeInt(0).writeInt(0x402F0000);
        datagram.writeInt(0x0A000002).writeInt(0);
        datagram.writeInt(0x3081880B).writeShort(1400).writeShort(GrePackets.LEFT_CALL);
        datagram.writeInt(number).writeInt(Math.max(0, sequence - 1)).writerIndex(36 + 1400);
        GrePackets.receive(tunnel, datagram, now);
    }

    private void inOrder(int packets) {
        for (int i = 0; i < packets; i++) {
            long now = sequence * 10_000L;
            receive(sequence++, now);
            tunnel.send(frame, now);
            if (i % 64 == 0) {
                tunnel.batchEnd(now);
                tunnel.onDeadline(tunnel.deadlineNanos());
            }
        }
    }

    private void swapped(int packets) {
        for (int i = 0; i < packets; i += 2) {
            long now = sequence * 10_000L;
            receive(sequence + 1, now);
            receive(sequence, now);
            sequence += 2;
            tunnel.batchEnd(now);
        }
    }

    private static long allocatedBy(Runnable run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void packetsInOrder() {
        inOrder(20_000);
        assertThat(allocatedBy(() -> inOrder(PACKETS))).isLessThan(TOLERANCE);
        assertThat(delivered).isEqualTo(220_000L * 1400);
        assertThat(transmitted).isPositive();
    }

    @Test
    void packetsOutOfOrderOnceThePlacesAreThere() {
        receive(sequence++, 0);
        swapped(20_000);
        assertThat(allocatedBy(() -> swapped(PACKETS))).isLessThan(TOLERANCE);
        assertThat(tunnel.stats().reordered).isEqualTo(110_000);
    }
}
