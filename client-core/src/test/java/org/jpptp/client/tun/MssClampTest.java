package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jpptp.client.Mss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SYN of both IP versions, with options in any order; what is none stays as it is. */
class MssClampTest {
    private final MssClamp clamp = new MssClamp();

    /** A segment with a right checksum. */
    private static ByteBuf segment(int version, int flags, String options) {
        byte[] more = ByteBufUtil.decodeHexDump(options);
        int tcp = 20 + more.length;
        String header = version == 4
                ? "450000000000400040060000" + "0a000001" + "0a000002"
                : String.format("60000000%04x0640", tcp)
                        + "fe800000000000000000000000000001"
                        + "fe800000000000000000000000000002";
        byte[] ip = ByteBufUtil.decodeHexDump(header);
        ByteBuf packet = Unpooled.buffer();
        packet.writeBytes(ip);
        if (version == 4) {
            packet.setShort(2, ip.length + tcp);
        }
        packet.writeShort(40000).writeShort(80).writeInt(1).writeInt(0);
        packet.writeByte((tcp / 4) << 4)
                .writeByte(flags)
                .writeShort(65535)
                .writeShort(0)
                .writeShort(0);
        packet.writeBytes(more);
        packet.setShort(ip.length + 16, ~sum(packet));
        return packet;
    }

    /** Of TCP and its pseudo-header: all ones where the checksum is right. */
    private static int sum(ByteBuf packet) {
        ByteBuffer octets = packet.nioBuffer();
        TransportHeaders headers = new TransportHeaders();
        assertThat(headers.parse(octets, 0, packet.readableBytes())).isTrue();
        int header = headers.ipLength();
        int length = packet.readableBytes();
        return Checksum.fold(headers.pseudoHeader(octets, 0, length) + Checksum.sum(octets, header, length - header));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 02, 020405b4, 020404d8",
        "4, 12, 020405b4, 020404d8",
        "6, 02, 020405a0, 020404c4",
        "4, 02, 01020405b4010101, 01020404d8010101",
        "4, 02, 0402080a0000000100000000020405b401030307, 0402080a0000000100000000020404d801030307",
        "4, 02, 0101020405b40100, 0101020404d80100",
    })
    void lowersWhatDoesNotFit(int version, String flags, String before, String after) {
        clamp.limit(Mss.CLAMP.within(1280));
        ByteBuf packet = segment(version, Integer.parseInt(flags, 16), before);
        clamp.clamp(packet);
        assertThat(ByteBufUtil.hexDump(packet)).endsWith(after);
        assertThat(sum(packet)).isEqualTo(Checksum.RIGHT);
        assertThat(clamp.clamped()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 10, 020405b4", // no SYN
        "4, 02, 020404d8", // it fits
        "4, 02, 020400d8",
        "4, 02, 00020405", // the end comes first
        "4, 02, 05000000", // no length
        "4, 02, 02060506", // another length
        "4, 02, 01010102", // it ends in the middle
        "6, 02, 020404c4",
    })
    void leavesTheRestAlone(int version, String flags, String options) {
        clamp.limit(Mss.CLAMP.within(1280));
        ByteBuf packet = segment(version, Integer.parseInt(flags, 16), options);
        String before = ByteBufUtil.hexDump(packet);
        clamp.clamp(packet);
        assertThat(ByteBufUtil.hexDump(packet)).isEqualTo(before);
        assertThat(clamp.clamped()).isZero();
    }

    @Test
    void leavesEverythingAloneWhereItIsOff() {
        clamp.limit(Mss.OFF.within(576));
        ByteBuf packet = segment(4, 2, "020405b4");
        clamp.clamp(packet);
        assertThat(ByteBufUtil.hexDump(packet)).endsWith("020405b4");
        assertThat(new Mss(500).within(1400)).isEqualTo(500);
        assertThat(new Mss(1500).within(1400)).isEqualTo(1360);
    }

    /** Whatever a peer sends: nothing outside of the datagram is looked at, and its length stays. */
    @Test
    void takesAnyOctets() {
        Random random = new Random(7);
        clamp.limit(536);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(90)];
            random.nextBytes(octets);
            if (octets.length > 33) {
                octets[0] = (byte) (random.nextBoolean() ? 0x40 | random.nextInt(16) : 0x60);
                octets[octets[0] >> 4 == 4 ? 9 : 6] = 6;
                octets[33] |= 2;
            }
            if (octets.length > 44 && random.nextBoolean()) {
                octets[0] = 0x45;
                octets[6] = 0;
                octets[7] = 0;
                octets[9] = 6;
                octets[40] = 2;
                octets[41] = 4;
            }
            ByteBuf packet = Unpooled.wrappedBuffer(octets);
            clamp.clamp(packet);
            assertThat(packet.readableBytes()).isEqualTo(octets.length);
        }
        assertThat(clamp.clamped()).isPositive();
    }
}
