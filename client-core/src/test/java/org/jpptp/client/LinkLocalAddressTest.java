package org.jpptp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkLocalAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0000000000000001, fe80::1",
        "00000000000000ff, fe80::ff",
        "0000000100000000, fe80::1:0:0",
        "021c02fffe030004, fe80::21c:2ff:fe03:4",
        "8000000000000000, fe80::8000:0:0:0",
        "ffffffffffffffff, fe80::ffff:ffff:ffff:ffff"
    })
    void isWrittenAsRfc5952HasIt(String identifier, String text) throws UnknownHostException {
        LinkLocalAddress address = new LinkLocalAddress(Long.parseUnsignedLong(identifier, 16));

        assertThat(address).hasToString(text);
        ByteBuffer octets = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
        assertThat(octets.getLong()).isEqualTo(0xfe80L << 48);
        assertThat(octets.getLong()).isEqualTo(address.identifier());
    }
}
