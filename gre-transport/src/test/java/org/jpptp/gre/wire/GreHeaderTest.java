package org.jpptp.gre.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.jpptp.gre.wire.GreHeader.Result;
import org.junit.jupiter.api.Test;

class GreHeaderTest {
    private static final String BOTH_NUMBERS = """
            30 81           # K, S, A; version 1
            88 0b           # protocol type
            00 02           # payload length
            17 80           # call id 6016
            00 06 8f b1     # sequence number 430001
            00 08 3a 76     # acknowledgement number 539254
            ff 03           # payload
            """;

    private final GreHeader header = new GreHeader();

    private Result parse(ByteBuf packet) {
        return header.parse(packet, packet.readerIndex(), packet.writerIndex());
    }

    @Test
    void readsBothNumbers() {
        assertThat(parse(Hex.packet(BOTH_NUMBERS))).isEqualTo(Result.OK);
        assertThat(GreHeader.callId(Hex.packet(BOTH_NUMBERS))).isEqualTo(6016);
        assertThat(header.hasSequence()).isTrue();
        assertThat(header.sequence()).isEqualTo(430001);
        assertThat(header.hasAcknowledgement()).isTrue();
        assertThat(header.acknowledgement()).isEqualTo(539254);
        assertThat(header.payloadIndex()).isEqualTo(16);
        assertThat(header.payloadLength()).isEqualTo(2);
    }

    @Test
    void readsAPayloadAloneAndLeavesThePaddingOut() {
        ByteBuf packet = Hex.packet("""
                30 01 88 0b 00 01 00 11
                ff ff ff ff     # sequence number
                c0              # payload
                00 00 00        # padding
                """);
        assertThat(parse(packet)).isEqualTo(Result.OK);
        assertThat(header.hasAcknowledgement()).isFalse();
        assertThat(header.sequence()).isEqualTo(-1);
        assertThat(header.payloadIndex()).isEqualTo(12);
        assertThat(header.payloadLength()).isEqualTo(1);
    }

    @Test
    void theAcknowledgementOfALoneOneIsAtOffsetEight() {
        assertThat(parse(Hex.packet("20 81 88 0b 00 00 00 11  00 00 00 00"))).isEqualTo(Result.OK);
        assertThat(header.hasSequence()).isFalse();
        assertThat(header.hasAcknowledgement()).isTrue();
        assertThat(header.acknowledgement()).as("0 is a valid one").isZero();
        assertThat(header.payloadLength()).isZero();
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < 18; length++) {
            ByteBuf packet = Hex.packet(BOTH_NUMBERS).writerIndex(length);
            assertThat(parse(packet)).as("%d octets", length).isIn(Result.TOO_SHORT, Result.BAD_PAYLOAD_LENGTH);
        }
    }

    @Test
    void everyCombinationOfFlagsIsJudgedByTheLayoutOfTheRfc() {
        ByteBuf packet = Hex.packet("00 00 88 0b 00 00 00 01 00 00 00 02 00 00 00 03");
        for (int flags = 0; flags <= 0xFFFF; flags++) {
            packet.setShort(0, flags);
            Result expected;
            if ((flags & 7) != 1) {
                expected = Result.NOT_ENHANCED_GRE;
            } else if (flags == 0x2001) {
                expected = Result.INCONSISTENT; // neither S nor A
            } else if (flags == 0x3001 || flags == 0x2081 || flags == 0x3081) {
                expected = Result.OK;
            } else {
                expected = Result.FORBIDDEN_FLAGS;
            }
            assertThat(parse(packet)).as("flags %04x", flags).isEqualTo(expected);
        }
    }

    @Test
    void everyPayloadLengthIsComparedWithWhatIsThere() {
        ByteBuf packet = Hex.packet("30 01 88 0b 00 00 00 01 00 00 00 02 01 02 03 04 05");
        for (int length = 0; length <= 0xFFFF; length++) {
            packet.setShort(4, length);
            assertThat(parse(packet))
                    .as("length %d", length)
                    .isEqualTo(length <= 5 ? Result.OK : Result.BAD_PAYLOAD_LENGTH);
        }
    }

    @Test
    void aPayloadWithoutASequenceNumberIsRefused() {
        assertThat(parse(Hex.packet("20 81 88 0b 00 01 00 11  00 00 00 00 ff"))).isEqualTo(Result.INCONSISTENT);
    }

    @Test
    void otherGreIsNotOurs() {
        assertThat(parse(Hex.packet("30 01 08 00 00 00 00 01 00 00 00 02"))).isEqualTo(Result.NOT_ENHANCED_GRE);
        assertThat(parse(Hex.packet("00 00 08 00 45 00 00 00"))).isEqualTo(Result.NOT_ENHANCED_GRE);
    }

    @Test
    void writesIntoTheHeadRoom() {
        ByteBuf frame = Unpooled.buffer().writeZero(16).writeShort(0xFF03).readerIndex(16);
        GreHeader.prepend(frame, 6016, 430001, 539254);
        assertThat(Hex.of(frame)).isEqualTo(Hex.of(Hex.packet(BOTH_NUMBERS)));

        frame.readerIndex(16);
        GreHeader.prepend(frame, 0xFFFF, -1);
        assertThat(Hex.of(frame)).isEqualTo("3001880b0002ffffffffffffff03");

        ByteBuf alone = Unpooled.buffer(12);
        GreHeader.putAcknowledgement(alone, 17, 0x01020304);
        assertThat(Hex.of(alone)).isEqualTo("2081880b0000001101020304");
    }

    @Test
    void noOctetsMakeItThrow() {
        Random random = new Random(1);
        for (int i = 0; i < 500_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            if (octets.length >= 4 && random.nextBoolean()) {
                octets[0] = (byte) (random.nextBoolean() ? 0x30 : 0x20);
                octets[1] = (byte) (random.nextBoolean() ? 0x81 : 0x01);
                octets[2] = (byte) 0x88;
                octets[3] = 0x0B;
            }
            ByteBuf packet = Unpooled.wrappedBuffer(octets);
            if (parse(packet) == Result.OK) {
                assertThat(header.payloadIndex() + header.payloadLength()).isLessThanOrEqualTo(octets.length);
            }
        }
    }
}
