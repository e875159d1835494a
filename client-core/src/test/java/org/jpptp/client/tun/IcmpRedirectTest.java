package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threat: a server that sends this host's own packets another way. */
class IcmpRedirectTest {
    private static final String ADDRESSES = "c0000201 0a090002 ";

    @ParameterizedTest
    @CsvSource({
        "4500001c 00000000 4001 0000, 0500 0000 c0000242, true",
        "4500001c 00000000 4001 0000, 0501 0000 c0000242, true",
        "4600001c 00000000 4001 0000, 01010100 0500 0000 c0000242, true",
        "4500001c 00002000 4001 0000, 0501 0000 c0000242, true",
        "4500001c 00000001 4001 0000, 0501 0000 c0000242, false",
        "4500001c 00000000 4001 0000, 0300 0000 00000000, false",
        "4500001c 00000000 4001 0000, 0800 0000 00000000, false",
        "4500001c 00000000 4011 0000, 0500 0000 c0000242, false",
        "4600001c 00000000 4001 0000, 05010100 0800 0000 c0000242, false",
        "6000001c 00000000 4001 0000, 0500 0000 c0000242, false",
        "45000014 00000000 4001 0000, '', false",
        "4f00001c 00000000 4001 0000, 0500 0000 c0000242, false"
    })
    void knowsOnlyRedirects(String head, String rest, boolean expected) {
        byte[] octets = ByteBufUtil.decodeHexDump((head + ADDRESSES + rest).replace(" ", ""));
        assertThat(IcmpRedirect.is(
                        Unpooled.buffer().writeZero(3).writeBytes(octets).skipBytes(3)))
                .isEqualTo(expected);
        for (int length = 0; length < octets.length; length++) {
            IcmpRedirect.is(Unpooled.wrappedBuffer(octets, 0, length)); // never beyond its end
        }
    }
}
