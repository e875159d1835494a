package org.jpptp.ppp.mppc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends of MPPC without encryption, over a history that goes on. */
class MppcTest {
    private static final int HEADROOM = 64;
    private static final int LIMIT = 1502;

    private final Random random = new Random(2118);

    /** A protocol field and an IPv4 datagram whose content is of one of five kinds. */
    private ByteBuf datagram(int kind) {
        byte[] content = new byte[random.nextInt(1400)];
        switch (kind) {
            case 0 -> random.nextBytes(content);
            case 1 -> {}
            case 2 -> {
                for (int i = 0; i < content.length; i++) {
                    content[i] = (byte) "the quick brown fox jumps over the lazy dog "
                            .charAt(random.nextInt(8) == 0 ? random.nextInt(40) : i % 44);
                }
            }
            case 3 -> {
                for (int i = 0; i < content.length; i++) {
                    content[i] = (byte) (0x80 | i * i);
                }
            }
            default -> {
                for (int i = 0; i < content.length; i++) {
                    content[i] = (byte) random.nextInt(3);
                }
            }
        }
        ByteBuf frame = Unpooled.buffer(HEADROOM + 1600);
        frame.setIndex(HEADROOM, HEADROOM).writeByte(0x21);
        int ip = frame.writerIndex();
        frame.writeShort(0x4500).writeShort(20 + content.length).writeInt(random.nextInt());
        frame.writeShort(0x4011).writeShort(0).writeInt(0x0a000001).writeInt(0x0a000002);
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        frame.setShort(ip + 10, ~((sum & 0xffff) + (sum >> 16)));
        return frame.writeBytes(content);
    }

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void whatGoesInComesOut(MppeMode mode) {
        MppcEncoder encoder = new MppcEncoder(mode);
        MppcDecoder decoder = new MppcDecoder(mode, LIMIT);
        int compressed = 0;
        for (int i = 0; i < 10_000; i++) {
            ByteBuf frame = datagram(random.nextInt(5));
            byte[] plain = ByteBufUtil.getBytes(frame);
            encoder.encode(frame);
            assertThat(frame.readableBytes()).isLessThanOrEqualTo(plain.length + Coherency.HEADER_OCTETS);
            int header = frame.getUnsignedShort(frame.readerIndex());
            assertThat(header & 0x0fff).isEqualTo(i & 0xfff);
            assertThat(header & Coherency.ENCRYPTED).isZero();
            assertThat((header & Coherency.FLUSHED) != 0 || mode == MppeMode.STATEFUL)
                    .isTrue();
            compressed += (header & Coherency.COMPRESSED) != 0 ? 1 : 0;
            assertThat(decoder.decode(frame, 0)).isEqualTo(Result.OK);
            assertThat(ByteBufUtil.getBytes(decoder.plaintext(frame))).isEqualTo(plain);
        }
        assertThat(compressed).isBetween(5_000, 9_999);
    }

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void lossCostsNoMoreThanARoundTrip(MppeMode mode) {
        MppcEncoder encoder = new MppcEncoder(mode);
        MppcDecoder decoder = new MppcDecoder(mode, LIMIT);
        int delivered = 0;
        int arrived = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteBuf frame = datagram(random.nextInt(5));
            byte[] plain = ByteBufUtil.getBytes(frame);
            encoder.encode(frame);
            if (random.nextInt(100) < 5) {
                continue;
            }
            arrived++;
            if (decoder.decode(frame, 0) == Result.OK) {
                assertThat(ByteBufUtil.getBytes(decoder.plaintext(frame))).isEqualTo(plain);
                delivered++;
            }
            if (decoder.resetWanted()) {
                encoder.resetRequested();
            }
        }
        // The packet after a loss tells of it, and the one after that is flushed.
        assertThat(delivered).isGreaterThan(mode == MppeMode.STATELESS ? arrived - 1 : arrived * 94 / 100);
    }

    /** What is damaged either comes out as a datagram or leaves everything as it was. */
    @Test
    void damageNeverThrowsAndIsGotOver() {
        MppcEncoder encoder = new MppcEncoder(MppeMode.STATEFUL);
        MppcDecoder decoder = new MppcDecoder(MppeMode.STATEFUL, LIMIT);
        for (int i = 0; i < 20_000; i++) {
            ByteBuf frame = datagram(random.nextInt(5));
            encoder.encode(frame);
            ByteBuf damaged = Unpooled.copiedBuffer(frame);
            int from = damaged.readerIndex() + random.nextInt(10);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                damaged.setByte(Math.min(from + changes, damaged.writerIndex() - 1), random.nextInt(256));
            }
            if (random.nextBoolean()) {
                damaged.writerIndex(damaged.readerIndex() + random.nextInt(damaged.readableBytes()));
            }
            byte[] before = ByteBufUtil.getBytes(damaged);
            if (decoder.decode(damaged, 0) == Result.OK) {
                assertThat(decoder.plaintext(damaged).readableBytes()).isLessThanOrEqualTo(LIMIT);
            } else {
                assertThat(ByteBufUtil.getBytes(damaged)).isEqualTo(before);
            }
            if (decoder.resetWanted()) {
                encoder.resetRequested();
            }
        }
    }

    @Test
    void anyOctetsAreAResult() {
        MppcDecompressor decompressor = new MppcDecompressor(LIMIT);
        int ok = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] octets = new byte[random.nextInt(random.nextInt(20) == 0 ? 1700 : 40)];
            random.nextBytes(octets);
            if (!decompressor.load(Unpooled.wrappedBuffer(octets))) {
                continue;
            }
            MppcDecompressor.Result result = decompressor.decompress(random.nextInt(1 << 16));
            if (result == MppcDecompressor.Result.OK) {
                ok++;
                assertThat(decompressor.output().readableBytes()).isLessThanOrEqualTo(LIMIT);
                if (random.nextBoolean()) {
                    decompressor.take();
                } else {
                    decompressor.drop();
                }
            }
        }
        assertThat(ok).isPositive();
    }

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void nothingIsAllocated(MppeMode mode) {
        MppcEncoder encoder = new MppcEncoder(mode);
        MppcDecoder decoder = new MppcDecoder(mode, LIMIT);
        ByteBuf[] plain = {datagram(0), datagram(1), datagram(2), datagram(3), datagram(4)};
        ByteBuf frame = Unpooled.buffer(2048);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        int delivered = 0;
        for (int i = 0; i < 40_000; i++) {
            if (i == 20_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            ByteBuf next = plain[i % plain.length];
            frame.setIndex(HEADROOM, HEADROOM).writeBytes(next, HEADROOM, next.readableBytes());
            encoder.encode(frame);
            delivered += decoder.decode(frame, 0) == Result.OK ? 1 : 0;
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
        assertThat(delivered).isEqualTo(40_000);
    }
}
