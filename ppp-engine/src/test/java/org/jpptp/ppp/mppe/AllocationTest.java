package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.mppe.Datagrams.MASTER_KEY;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The data path allocates nothing per packet, lost and forged packets included. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int PACKETS = 50_000;
    /** What the JVM allocates on a thread of its own accord; far less than an octet a packet. */
    private static final long TOLERANCE = 10_000;

    /** Long enough for key stream to be made ahead. */
    private static final int OCTETS = 500;

    private final ByteBuf frame = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(1024));
    private final ByteBuf plain = Datagrams.numbered(0, OCTETS, new Random(0));
    private int delivered;

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void nothingIsAllocated(MppeMode mode) {
        MppeEncryptor encryptor = new MppeEncryptor(MASTER_KEY, MppeStrength.BITS_128, mode);
        MppeDecryptor decryptor = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_128, mode);
        run(encryptor, decryptor, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(encryptor, decryptor, PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(TOLERANCE);
        assertThat(delivered).isGreaterThan(PACKETS / 2);
    }

    private void run(MppeEncryptor encryptor, MppeDecryptor decryptor, int packets) {
        for (int i = 0; i < packets; i++) {
            frame.setIndex(Datagrams.HEADROOM, Datagrams.HEADROOM)
                    .writeBytes(plain, plain.readerIndex(), plain.readableBytes());
            encryptor.encode(frame);
            if (i % 50 == 0) {
                continue;
            }
            if (i % 50 == 25) {
                frame.setLong(Datagrams.HEADROOM, i);
            }
            delivered += decryptor.decode(frame, 0) == Result.OK ? 1 : 0;
            if (decryptor.resetWanted()) {
                encryptor.resetRequested();
            }
        }
    }
}
