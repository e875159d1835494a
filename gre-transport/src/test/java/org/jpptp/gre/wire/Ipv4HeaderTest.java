package org.jpptp.gre.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.wire.Ipv4Header.Result;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
    private static final String DATAGRAM = """
            45 00 00 18     # version 4, five words; total length 24
            8c af 40 00     # identification; don't fragment
            40 2f 00 00     # time to live; GRE
            10 00 00 c8     # source
            c0 34 a6 9a     # destination
            01 02 03 04     # payload
            00 00           # padding
            """;

    private final Ipv4Header header = new Ipv4Header();

    @Test
    void readsInPlaceAndLeavesThePaddingOut() {
        ByteBuf datagram = Hex.packet(DATAGRAM);
        assertThat(header.parse(datagram)).isEqualTo(Result.OK);
        assertThat(header.payloadIndex()).isEqualTo(20);
        assertThat(header.endIndex()).isEqualTo(24);
        assertThat(header.protocol()).isEqualTo(47);
        assertThat(header.source()).isEqualTo(0x100000C8);
        assertThat(datagram.readerIndex()).isZero();
    }

    @Test
    void startsAtTheReaderIndex() {
        ByteBuf datagram = Hex.packet("ff ff ff" + DATAGRAM).readerIndex(3);
        assertThat(header.parse(datagram)).isEqualTo(Result.OK);
        assertThat(header.payloadIndex()).isEqualTo(23);
        assertThat(header.endIndex()).isEqualTo(27);
    }

    @Test
    void stepsOverOptions() {
        ByteBuf datagram = Hex.packet(DATAGRAM).setByte(0, 0x46);
        assertThat(header.parse(datagram)).isEqualTo(Result.OK);
        assertThat(header.payloadIndex()).isEqualTo(24);
    }

    @Test
    void everyHeaderLengthIsChecked() {
        ByteBuf datagram = Hex.packet(DATAGRAM);
        for (int words = 0; words < 16; words++) {
            datagram.setByte(0, 0x40 | words);
            Result expected = words < 5 || words > 6 ? Result.BAD_HEADER_LENGTH : Result.OK;
            assertThat(header.parse(datagram)).as("%d words", words).isEqualTo(expected);
        }
    }

    @Test
    void everyTotalLengthIsChecked() {
        ByteBuf datagram = Hex.packet(DATAGRAM);
        for (int length = 0; length <= 0xFFFF; length++) {
            datagram.setShort(2, length);
            Result expected = length < 20 || length > 26 ? Result.BAD_TOTAL_LENGTH : Result.OK;
            assertThat(header.parse(datagram)).as("length %d", length).isEqualTo(expected);
        }
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < 24; length++) {
            ByteBuf datagram = Hex.packet(DATAGRAM).writerIndex(length);
            assertThat(header.parse(datagram))
                    .as("%d octets", length)
                    .isEqualTo(length < 20 ? Result.TOO_SHORT : Result.BAD_TOTAL_LENGTH);
        }
    }

    @Test
    void otherVersionsAndFragmentsAreRefused() {
        assertThat(header.parse(Hex.packet(DATAGRAM).setByte(0, 0x65))).isEqualTo(Result.NOT_IPV4);
        assertThat(header.parse(Hex.packet(DATAGRAM).setShort(6, 0x2000))).isEqualTo(Result.FRAGMENT);
        assertThat(header.parse(Hex.packet(DATAGRAM).setShort(6, 0x0001))).isEqualTo(Result.FRAGMENT);
    }
}
