package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PapPacketTest {
    /** RFC 1334 §2.2.1: code, identifier, length, then name and password, each behind the octet of its length. */
    @ParameterizedTest
    @CsvSource(
            value = {
                // A request, one with octets behind it, one whose password is cut off, one whose name is longer than
                // it.
                "01 07 000c 02 6869 04 70617373, 01 07 000c 02 6869 04 00000000",
                "01 07 000c 02 6869 04 70617373 ff, 01 07 000c 02 6869 04 00000000 00",
                "01 07 000c 02 6869 04 7061, 01 07 000c 02 6869 04 0000",
                "01 07 000c ff 6869, 01 07 000c ff 6869",
                "01 07 0004, 01 07 0004",
                // An Ack keeps its message.
                "02 07 0007 02 6869, 02 07 0007 02 6869"
            })
    void aPasswordIsBlankedWhereverItStands(String packet, String expected) {
        ByteBuf octets = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet.replace(" ", "")));
        PapPacket.blankPassword(octets);
        assertThat(ByteBufUtil.hexDump(octets)).isEqualTo(expected.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({"alice, secret", "a, ''"})
    void whatWeSendHoldsNoneAnyMore(String name, String password) {
        ByteBuf octets = Unpooled.buffer();
        new PapPacket.Request(1, name.getBytes(StandardCharsets.US_ASCII), password.getBytes(StandardCharsets.US_ASCII))
                .writeTo(octets);
        PapPacket.blankPassword(octets);
        assertThat(octets.toString(StandardCharsets.US_ASCII)).contains(name).endsWith("\0".repeat(password.length()));
    }
}
