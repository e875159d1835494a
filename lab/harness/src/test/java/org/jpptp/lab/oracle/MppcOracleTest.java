package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jpptp.lab.peer.Requirement;
import org.jpptp.lab.peer.RequiresMppcOracle;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder;
import org.jpptp.ppp.mppc.MppcDecoder;
import org.jpptp.ppp.mppc.MppcEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our MPPC against that of FreeRDP, both ways, over histories that go on. */
@RequiresMppcOracle
class MppcOracleTest {
    private static final int DATAGRAMS = 10_000;
    private static final int HEADROOM = 64;
    private static final int LIMIT = 1502;

    /** 8 KiB of history, as RFC 2118 has it. */
    private static final int LEVEL = 0;

    private static final int COMPRESSED = 0x20;
    private static final int AT_FRONT = 0x40;
    private static final int FLUSHED = 0x80;

    private final NativeLibrary library = NativeLibrary.getInstance(Requirement.FREERDP);
    private final Memory source = new Memory(65_536);
    private final Memory target = new Memory(65_536);
    private final PointerByReference place = new PointerByReference();
    private final IntByReference size = new IntByReference();
    private final IntByReference flags = new IntByReference();
    private List<byte[]> datagrams = List.of();

    private Pointer compressor = Pointer.NULL;
    private Pointer decompressor = Pointer.NULL;

    @BeforeEach
    void open() throws IOException {
        datagrams = datagrams();
        compressor = library.getFunction("mppc_context_new").invokePointer(new Object[] {LEVEL, 1});
        decompressor = library.getFunction("mppc_context_new").invokePointer(new Object[] {LEVEL, 0});
    }

    @AfterEach
    void close() {
        library.getFunction("mppc_context_free").invokeVoid(new Object[] {compressor});
        library.getFunction("mppc_context_free").invokeVoid(new Object[] {decompressor});
    }

    /** Random ones, zeros, text, repeated ones, headers, and captured ones; each behind a protocol field. */
    private static List<byte[]> datagrams() throws IOException {
        Random random = new Random(8192);
        List<byte[]> captured = captured();
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] content = new byte[random.nextInt(1440)];
            switch (random.nextInt(6)) {
                case 0 -> random.nextBytes(content);
                case 1 -> {}
                case 2 -> {
                    String text = "Subject: the quick brown fox jumps over the lazy dog, and so on; ";
                    for (int at = 0; at < content.length; at++) {
                        content[at] = (byte) text.charAt((at + i) % text.length());
                    }
                }
                case 3 -> content = datagrams.isEmpty() ? content : tail(datagrams.get(random.nextInt(i)));
                case 4 -> {
                    for (int at = 0; at < content.length; at++) {
                        content[at] = (byte) (random.nextInt(4) << 6 | at % 5);
                    }
                }
                default -> content = captured.get(random.nextInt(captured.size()));
            }
            datagrams.add(behindHeader(content, random.nextInt()));
        }
        return datagrams;
    }

    private static List<byte[]> captured() throws IOException {
        List<byte[]> captured = new ArrayList<>();
        for (String name : List.of(Captures.WHOLE_SESSION, Captures.IN_IPV6)) {
            for (PcapFile.GrePacket packet : PcapFile.read(Captures.pcap(name)).grePackets()) {
                ByteBuf octets = packet.octets();
                captured.add(
                        ByteBufUtil.getBytes(octets, octets.readerIndex(), Math.min(1440, octets.readableBytes())));
            }
        }
        return captured;
    }

    private static byte[] tail(byte[] datagram) {
        return Arrays.copyOfRange(datagram, 21, datagram.length);
    }

    private static byte[] behindHeader(byte[] content, int id) {
        ByteBuf frame = Unpooled.buffer(21 + content.length).writeByte(0x21);
        frame.writeShort(0x4500).writeShort(20 + content.length).writeInt(id);
        frame.writeShort(0x4011).writeShort(0).writeInt(0x0a000001).writeInt(0x0a000002);
        int sum = 0;
        for (int at = 1; at < 21; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        frame.setShort(11, ~((sum & 0xffff) + (sum >> 16)));
        return frame.writeBytes(content).array();
    }

    private static ByteBuf frame(byte[] octets) {
        return Unpooled.buffer(HEADROOM + octets.length)
                .setIndex(HEADROOM, HEADROOM)
                .writeBytes(octets);
    }

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void theOracleUnderstandsUs(MppeMode mode) {
        MppcEncoder encoder = new MppcEncoder(mode);
        int compressed = 0;
        for (byte[] datagram : datagrams) {
            ByteBuf packet = frame(datagram);
            encoder.encode(packet);
            int header = packet.readUnsignedShort();
            byte[] octets = ByteBufUtil.getBytes(packet);
            if ((header & Coherency.COMPRESSED) == 0) {
                assertThat(octets).isEqualTo(datagram);
                continue;
            }
            compressed++;
            source.write(0, octets, 0, octets.length);
            int result = library.getFunction("mppc_decompress")
                    .invokeInt(new Object[] {decompressor, source, octets.length, place, size, bits(header)});
            assertThat(result).isNotNegative();
            assertThat(place.getValue().getByteArray(0, size.getValue())).isEqualTo(datagram);
        }
        assertThat(compressed).isGreaterThan(DATAGRAMS / 2);
    }

    private static int bits(int header) {
        return COMPRESSED
                | ((header & Coherency.AT_FRONT) != 0 ? AT_FRONT : 0)
                | ((header & Coherency.FLUSHED) != 0 ? FLUSHED : 0);
    }

    @Test
    void weUnderstandTheOracle() {
        MppcDecoder decoder = new MppcDecoder(MppeMode.STATEFUL, LIMIT);
        int compressed = 0;
        int count = 0;
        for (byte[] datagram : datagrams) {
            source.write(0, datagram, 0, datagram.length);
            place.setValue(target);
            size.setValue((int) target.size());
            flags.setValue(0);
            int result = library.getFunction("mppc_compress")
                    .invokeInt(new Object[] {compressor, source, datagram.length, place, size, flags});
            assertThat(result).isNotNegative();
            boolean flushed = (flags.getValue() & FLUSHED) != 0;
            boolean shorter = (flags.getValue() & COMPRESSED) != 0;
            compressed += shorter ? 1 : 0;
            byte[] octets = shorter ? place.getValue().getByteArray(0, size.getValue()) : datagram;
            ByteBuf packet = frame(octets);
            packet.readerIndex(HEADROOM - 2)
                    .setShort(
                            HEADROOM - 2,
                            count
                                    | (flushed ? Coherency.FLUSHED : 0)
                                    | (shorter ? Coherency.COMPRESSED : 0)
                                    | ((flags.getValue() & AT_FRONT) != 0 ? Coherency.AT_FRONT : 0));
            count = Coherency.after(count);
            assertThat(decoder.decode(packet, 0)).isEqualTo(DatagramDecoder.Result.OK);
            assertThat(ByteBufUtil.getBytes(decoder.plaintext(packet))).isEqualTo(datagram);
        }
        assertThat(compressed).isGreaterThan(DATAGRAMS / 2);
    }
}
