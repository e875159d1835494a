package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Packets that go through the raw socket leave no garbage, at either end. */
class GreSocketAllocationTest extends TwoHosts {
    private static final int ROUNDS = 8;
    private static final int TURNS = 20;
    private static final int BATCHES = 100;
    private static final int PACKETS = 32;
    /** What the loop's tasks and the measurement itself may leave; an object a batch would be more. */
    private static final long TOLERANCE = 16_384;

    /** Counts, and answers every batch where it has a call. */
    private static final class Counter implements GreSocket.Listener {
        private final ByteBuf answer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(12));
        private @Nullable GreSocket call;
        final AtomicLong packets = new AtomicLong();
        final AtomicLong answers = new AtomicLong();

        Counter() {
            answer.setInt(0, 0x2081880B).setShort(6, 1000).setIndex(0, 12);
        }

        @Override
        public void received(ByteBuf packet, int callId) {
            packets.lazySet(packets.get() + 1);
        }

        @Override
        public void batchEnd(int datagrams) {
            GreSocket to = call;
            if (to != null) {
                answers.lazySet(answers.get() + 1);
                to.send(answer);
                to.flush();
            }
        }

        @Override
        public void writable() {}

        @Override
        public void icmpError(IcmpError error) {}

        @Override
        public void failed(int errno) {}
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static Counter open(Host host, Inet4Address peer, int callId) {
        Counter counter = new Counter();
        counter.call = host.open(peer, callId, counter);
        return counter;
    }

    @Test
    void nothingIsLeftBehind() {
        Counter[] counters = {open(right, leftAddress, 1), open(right, leftAddress, 2)};
        Counter atLeft = new Counter();
        GreSocket fromLeft = left.open(rightAddress, 1000, atLeft);
        long sending = Long.MAX_VALUE;
        long receiving = Long.MAX_VALUE;
        // The first rounds are the compiler's.
        for (int round = 0; round < ROUNDS; round++) {
            long before = right.onLoop(GreSocketAllocationTest::allocated);
            long sent = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                sent += send(fromLeft, counters);
                readAll(atLeft, counters);
            }
            sending = Math.min(sending, sent);
            receiving = Math.min(receiving, right.onLoop(GreSocketAllocationTest::allocated) - before);
        }
        assertThat(sending)
                .as("octets for %d packets sent", TURNS * BATCHES * PACKETS)
                .isLessThan(TOLERANCE);
        assertThat(receiving)
                .as("octets for %d packets received", TURNS * BATCHES * PACKETS)
                .isLessThan(TOLERANCE);
    }

    /** One batch at a time, so that none is lost. */
    private long send(GreSocket fromLeft, Counter... counters) {
        return left.onLoop(() -> {
            long before = allocated();
            long awaited = counters[0].packets.get() + counters[1].packets.get();
            for (int batch = 0; batch < BATCHES; batch++) {
                for (int i = 0; i < PACKETS; i++) {
                    ByteBuf packet = fromLeft.slot();
                    packet.writeInt(0x3001880B)
                            .writeShort(1400)
                            .writeShort(1 + i % 2)
                            .writeInt(batch);
                    fromLeft.send(packet.writerIndex(packet.writerIndex() + 1400));
                }
                fromLeft.flush();
                awaited += PACKETS;
                while (counters[0].packets.get() + counters[1].packets.get() < awaited) {
                    Thread.onSpinWait();
                }
            }
            return allocated() - before;
        });
    }

    /** The kernel answers with ICMP errors for a raw socket that is full, and those do leave something behind. */
    private void readAll(Counter atLeft, Counter... counters) {
        while (atLeft.packets.get() < counters[0].answers.get() + counters[1].answers.get()) {
            left.run(() -> {}); // a turn of the loop
        }
    }
}
