package org.jpptp.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.ProxyCounts;
import org.jpptp.client.proxy.InnerLine.Plan;
import org.jpptp.client.proxy.InnerLine.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one process says, the other understands, and nothing else. */
class InnerLineTest {
    private static Inet4Address address(String literal) {
        return Cidr.parse(literal).orElseThrow().address();
    }

    @Test
    void aPlanIsRead() {
        Plan all = new Plan(
                "pptp0",
                1396,
                "10.0.0.2",
                "10.0.0.1",
                "fe80::1234:5",
                List.of(address("10.0.0.53"), address("10.0.0.54")));
        assertThat(InnerLine.of(all)).isEqualTo("plan pptp0 1396 10.0.0.2 10.0.0.1 fe80::1234:5 10.0.0.53,10.0.0.54");
        assertThat(InnerLine.plan(InnerLine.of(all))).contains(all);
        Plan least = new Plan("pptp0", 576, "10.0.0.2", InnerLine.NOTHING, InnerLine.NOTHING, List.of());
        assertThat(InnerLine.plan(InnerLine.of(least))).contains(least);
        assertThat(least.hasRemote()).isFalse();
        assertThat(least.hasIpv6()).isFalse();
    }

    @Test
    void repliesAreRead() {
        for (Reply reply : List.of(
                new Reply.Done(), new Reply.Refused("no such device"), new Reply.Counted(new ProxyCounts(3, 5, 8)))) {
            assertThat(InnerLine.reply(InnerLine.of(reply))).contains(reply);
        }
        assertThat(InnerLine.of(new Reply.Refused("two\nlines"))).isEqualTo("refused two lines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plan",
                "plan pptp0 1396 10.0.0.2 10.0.0.1 - 10.0.0.53,",
                "plan pptp0 1396 10.0.0.2/24 10.0.0.1 - -",
                "plan pptp0 x 10.0.0.2 10.0.0.1 - -",
                "plan pptp0 1396 10.0.0.2 10.0.0.1 ::1 -",
                "plan pptp0 1396 10.0.0.2 10.0.0.1 - - -",
                "count 1 2",
                "count 1 2 x",
                "count 1 2 3333333333333333333",
                "done ",
                "[#] ip link"
            })
    void nothingElseIs(String line) {
        assertThat(InnerLine.plan(line)).isEmpty();
        assertThat(InnerLine.reply(line)).isEmpty();
    }
}
