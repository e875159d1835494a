package org.jpptp.ppp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "ff03c02101, c021, 01", // whole
        "c02101, c021, 01", // without address and control
        "ff03002145, 21, 45",
        "ff032145, 21, 45", // one-octet protocol
        "2145, 21, 45", // both shortened
        "fd90, fd, 90",
        "ff03fd90, fd, 90",
        "00fd90, fd, 90",
    })
    void protocolNumbersOfEitherLength(String frame, String protocol, String rest) {
        ByteBuf parsed = octets(frame);
        assertThat(PppFrame.parse(parsed)).isEqualTo(Integer.parseInt(protocol, 16));
        assertThat(ByteBufUtil.hexDump(parsed)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource({"''", "ff03", "ff0300", "00", "c0", "c020", "ff038020", "0020"})
    void framesWithoutAProtocolNumber(String frame) {
        assertThat(PppFrame.parse(octets(frame))).isEqualTo(PppFrame.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "0021, false, false, ff030021",
        "0021, true, false, ff0321",
        "0021, false, true, 0021",
        "0021, true, true, 21",
        "c021, true, true, c021",
        "00fd, true, true, fd"
    })
    void headersAreAsShortAsAllowed(String protocol, boolean pfc, boolean acfc, String header) {
        ByteBuf packet = Unpooled.buffer().setIndex(4, 4).writeByte(0x45);
        PppFrame.prepend(packet, Integer.parseInt(protocol, 16), pfc, acfc);
        assertThat(ByteBufUtil.hexDump(packet)).isEqualTo(header + "45");
    }

    @Test
    void everyLengthOfAControlPacket() {
        for (int available = 0; available < 12; available++) {
            for (int length = 0; length < 65536; length++) {
                ByteBuf packet = Unpooled.buffer(16).writeZero(available);
                packet.setByte(0, 9).setByte(1, 7).setShort(2, length);
                ControlPacketResult result = ControlPacket.parse(packet);
                if (available < 4) {
                    assertThat(result).isEqualTo(ControlPacketResult.Malformed.TOO_SHORT);
                    break;
                }
                if (length < 4 || length > available) {
                    assertThat(result).isEqualTo(ControlPacketResult.Malformed.BAD_LENGTH);
                } else {
                    // What is beyond the length is padding.
                    assertThat(((ControlPacket) result).data().readableBytes()).isEqualTo(length - 4);
                }
            }
        }
    }

    @Test
    void encodesWhatItParses() {
        ByteBuf packet = ControlPacket.encode(ControlPacket.CONFIGURE_REQUEST, 0x2e, new byte[] {7, 2});
        assertThat(ByteBufUtil.hexDump(packet)).isEqualTo("012e00060702");
        assertThat(packet.readerIndex()).isEqualTo(ControlPacket.HEADROOM);
    }

    @Test
    void optionsAreBounded() {
        assertThat(parse("")).isEqualTo(new ConfigOptions.Listed(List.of()));
        assertThat(parse("0104057807020506 00000001"))
                .isEqualTo(new ConfigOptions.Listed(
                        List.of(ConfigOption.ofShort(1, 1400), ConfigOption.flag(7), ConfigOption.ofInt(5, 1))));
        assertThat(parse("0702 05")).isEqualTo(ConfigOptions.Malformed.TRUNCATED);
        assertThat(parse("0500")).as("a length of zero does not loop").isEqualTo(ConfigOptions.Malformed.BAD_LENGTH);
        assertThat(parse("0501")).isEqualTo(ConfigOptions.Malformed.BAD_LENGTH);
        assertThat(parse("0506000000")).isEqualTo(ConfigOptions.Malformed.BAD_LENGTH);
        assertThat(parse("0702".repeat(64))).isInstanceOf(ConfigOptions.Listed.class);
        assertThat(parse("0702".repeat(65))).isEqualTo(ConfigOptions.Malformed.TOO_MANY);
    }

    @Test
    void fittingOptionsAreTheFirst() {
        ConfigOption four = ConfigOption.ofShort(1, 1400);
        ConfigOption two = ConfigOption.flag(7);
        List<ConfigOption> options = List.of(two, four, two);
        assertThat(ConfigOptions.fitting(options, 8)).containsExactly(two, four, two);
        assertThat(ConfigOptions.fitting(options, 7)).containsExactly(two, four);
        assertThat(ConfigOptions.fitting(options, 5)).as("none is passed over").containsExactly(two);
        assertThat(ConfigOptions.fitting(options, 1)).isEmpty();
    }

    private static ConfigOptions parse(String hex) {
        return ConfigOptions.parse(octets(hex.replace(" ", "")));
    }
}
