package org.jpptp.ppp.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibilityTest {
    private static final String IPV4 = "4500001c 00010000 40110000 0a000001 0a000002 0001000200080000";
    private static final String IPV6 = "60000000 0004 11ff " + "00".repeat(32) + "01020304";

    @ParameterizedTest
    @CsvSource({
        "0021, true", // IPv4
        "21, true", // the same, compressed
        "0057, false", // IPv6 before an IPv4 header
        "57, false",
        "c021, false", // LCP is never encrypted
        "8021, false",
        "002d, false", // VJ, which we never negotiate
        "0020, false", // no protocol number is even
    })
    void theProtocolDecides(String protocol, boolean plausible) {
        assertThat(test(protocol + ipv4())).isEqualTo(plausible);
    }

    @Test
    void ipv6NeedsItsExactLength() {
        String datagram = IPV6.replace(" ", "");
        assertThat(test("0057" + datagram)).isTrue();
        assertThat(test("57" + datagram)).isTrue();
        assertThat(test("57" + datagram + "00")).isFalse();
        assertThat(test("57" + datagram.substring(2))).isFalse();
    }

    @Test
    void paddingBehindIpv4IsPlausibleAndEveryTruncationIsNot() {
        assertThat(test("21" + ipv4() + "0000")).isTrue();
        for (int octets = 1; octets < 29; octets++) {
            assertThat(test(("21" + ipv4()).substring(0, 2 * octets))).isFalse();
        }
    }

    @Test
    void everyBitOfTheIpv4HeaderMatters() {
        byte[] frame = HexFormat.of().parseHex("21" + ipv4());
        for (int bit = 8; bit < 21 * 8; bit++) {
            frame[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(test(frame)).as("bit %d", bit).isFalse();
            frame[bit / 8] ^= (byte) (1 << (bit % 8));
        }
    }

    @Test
    void chanceDoesNotPass() {
        Random random = new Random(791);
        byte[] frame = new byte[80];
        int passed = 0;
        for (int i = 0; i < 3_000_000; i++) {
            random.nextBytes(frame);
            passed += test(frame) ? 1 : 0;
        }
        assertThat(passed).isZero();
    }

    /** The sample datagram with its checksum put in. */
    private static String ipv4() {
        byte[] datagram = HexFormat.of().parseHex(IPV4.replace(" ", ""));
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += (datagram[i] & 0xff) << 8 | (datagram[i + 1] & 0xff);
        }
        int checksum = ~((sum & 0xffff) + (sum >> 16));
        datagram[10] = (byte) (checksum >> 8);
        datagram[11] = (byte) checksum;
        return HexFormat.of().formatHex(datagram);
    }

    private static boolean test(String hex) {
        return test(HexFormat.of().parseHex(hex));
    }

    private static boolean test(byte[] octets) {
        ByteBuf frame = Unpooled.wrappedBuffer(octets);
        return Plausibility.find(frame, 0, octets.length) != Plausibility.NOTHING;
    }
}
