package org.jpptp.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may want to reach, however they write it. */
class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "www.corp.example:443, www.corp.example, 443",
        "10.1.2.3:22, 10.1.2.3, 22",
        "[2001:db8::1]:80, 2001:db8::1, 80",
        "www.corp.example, www.corp.example, 8080",
    })
    void authoritiesAreRead(String text, String host, int port) {
        assertThat(Target.parse(text, 8080)).contains(new Target(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "host:",
                "host:0",
                "host:65536",
                "host:99999",
                "a b:80",
                "2001:db8::1:80",
                "[::1",
                "h\n:1"
            })
    void othersAreNot(String text) {
        assertThat(Target.parse(text, 0)).isEmpty();
    }

    @Test
    void aPortHasToBeNamedWhereNoneIsUsual() {
        assertThat(Target.parse("host", 0)).isEmpty();
    }

    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    @Test
    void theHeaderOfADatagramIsTakenOff() {
        ByteBuf byAddress = octets("0000 00 01 0a010203 0035 abcd");
        assertThat(UdpDatagram.read(byAddress)).contains(new Target("10.1.2.3", 53));
        assertThat(ByteBufUtil.hexDump(byAddress)).isEqualTo("abcd");
        ByteBuf byName = octets("0000 00 03 04 686f7374 1f90");
        assertThat(UdpDatagram.read(byName)).contains(new Target("host", 8080));
        assertThat(byName.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000 00 01",
                "0001 00 01 0a010203 0035 abcd",
                "0000 01 01 0a010203 0035 abcd",
                "0000 00 04 0a010203 0035 abcd",
                "0000 00 01 0a010203 0000 abcd",
                "0000 00 01 0a010203 00",
                "0000 00 03 ff 686f7374 1f90",
                "0000 00 03 00 1f90"
            })
    void whatIsNoHeaderIsDropped(String hex) {
        assertThat(UdpDatagram.read(octets(hex))).isEqualTo(Optional.empty());
    }

    @Test
    void theHeaderOfAnAnswerIsThatOfAQuestion() {
        ByteBuf datagram = Unpooled.buffer();
        UdpDatagram.writeHeader(datagram, Cidr.parse("10.1.2.3").orElseThrow().address(), 53);
        assertThat(datagram.readableBytes()).isEqualTo(UdpDatagram.HEADER_OCTETS);
        assertThat(UdpDatagram.read(datagram)).contains(new Target("10.1.2.3", 53));
    }
}
