package org.jpptp.client.anonymous;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jpptp.client.anonymous.Pseudonyms.Kind;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private final Pseudonyms names = new Pseudonyms();

    private static String hex(String text) {
        return Pseudonyms.hex(text.getBytes(StandardCharsets.UTF_8), "");
    }

    @Test
    void theSameIsAlwaysTheSameAndAsLong() {
        names.learn(Kind.USER, "CORPORATION\\alice");
        names.learn(Kind.HOST, "vpn.example.com");
        String once = names.text("as CORPORATION\\alice of vpn.example.com, and as ALICE");
        assertThat(once).hasSameSizeAs("as CORPORATION\\alice of vpn.example.com, and as ALICE");
        assertThat(once.toLowerCase(Locale.ROOT)).doesNotContain("alice", "corporation", "example");
        assertThat(names.text("as CORPORATION\\alice of vpn.example.com, and as ALICE"))
                .isEqualTo(once);
    }

    @Test
    void addressesOfAllKinds() {
        String text = names.text("10.99.0.2 and 10.99.0.1, 10.99.0.2/32, fe80::1234:5678, 02:42:ac:11:00:02, 0.0.0.0");
        assertThat(text).isEqualTo("192.0.2.1 and 192.0.2.2, 192.0.2.1/32, fe80::1, 02:00:00:00:00:02, 0.0.0.0");
        assertThat(names.text("0a630002 and 0a 63 00 02")).isEqualTo("c0000201 and c0 00 02 01");
    }

    /** Times and versions have points and colons, too. */
    @Test
    void whatIsNoAddressStays() {
        String line = "  12.345 # 05:43:12 firmware 4608, 1.0, 300.1.2.3, ::1";
        assertThat(names.text(line)).isEqualTo(line);
    }

    @Test
    void namesAreFoundWhereTracesHaveThem() {
        assertThat(names.text("rcvd [CHAP Challenge id=0x1 <00>, name = \"fileserver\"]"))
                .doesNotContain("fileserver");
        assertThat(names.text("at fileserver")).doesNotContain("fileserver");
        assertThat(names.text(hex("fileserver"))).doesNotContain(hex("fileserver"));
    }

    @Test
    void whatNamesNobodyIsLeftAlone() {
        names.learn(Kind.HOST, "server");
        names.learn(Kind.USER, "al");
        assertThat(names.text("the server allows all, al."))
                .isEqualTo("the server allows all, us.".replace("us", "u1"));
    }
}
