package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import org.jpptp.client.Cidr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OuterRouteTest {
    private static final Inet4Address SERVER =
            Cidr.parse("203.0.113.7").orElseThrow().address();

    @ParameterizedTest
    @CsvSource({
        // what "ip route get" said; how the pin is added; how it is removed
        "203.0.113.7 via 192.0.2.1 dev eth0 src 192.0.2.2 uid 0,"
                + "route add 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172 src 192.0.2.2,"
                + "route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172",
        "203.0.113.7 dev eth0 src 203.0.113.2 uid 1000,"
                + "route add 203.0.113.7/32 dev eth0 scope link proto 172 src 203.0.113.2,"
                + "route del 203.0.113.7/32 dev eth0 scope link proto 172",
        "203.0.113.7 via 192.0.2.1 dev eth0.100 table 100 src 192.0.2.2 mark 0x5 uid 0,"
                + "route add 203.0.113.7/32 via 192.0.2.1 dev eth0.100 proto 172 src 192.0.2.2,"
                + "route del 203.0.113.7/32 via 192.0.2.1 dev eth0.100 proto 172",
        "203.0.113.7 dev wg0 table 51820 src 10.2.0.2 uid 0,"
                + "route add 203.0.113.7/32 dev wg0 scope link proto 172 src 10.2.0.2,"
                + "route del 203.0.113.7/32 dev wg0 scope link proto 172",
        "203.0.113.7 via inet6 fe80::1 dev eth0 src 192.0.2.2 uid 0,"
                + "route add 203.0.113.7/32 via inet6 fe80::1 dev eth0 proto 172 src 192.0.2.2,"
                + "route del 203.0.113.7/32 via inet6 fe80::1 dev eth0 proto 172",
        "unicast 203.0.113.7 via 192.0.2.1 dev eth0 table main,"
                + "route add 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172,"
                + "route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172",
        "203.0.113.7 from 192.0.2.2 via 192.0.2.1 dev eth0 uid 0,"
                + "route add 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172,"
                + "route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172",
        "203.0.113.7 dev ppp0 linkdown,"
                + "route add 203.0.113.7/32 dev ppp0 scope link proto 172,"
                + "route del 203.0.113.7/32 dev ppp0 scope link proto 172",
    })
    void pinsTheWayOut(String answer, String addition, String removal) {
        OuterRoute route = OuterRoute.parse(answer + " \n    cache expires 412sec mtu 1400 \n")
                .orElseThrow();

        assertThat(route.leavesHost()).isTrue();
        assertThat(String.join(" ", route.addition(SERVER))).isEqualTo(addition);
        assertThat(String.join(" ", route.removal(SERVER))).isEqualTo(removal);
        assertThat(new IpChange(0, route.removal(SERVER), route.addition(SERVER)).isReadable())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local 127.0.0.1 dev lo src 127.0.0.1 uid 0 \n    cache <local> \n",
                "local 192.0.2.2 dev lo table local src 192.0.2.2 uid 0 \n    cache <local> \n",
                "broadcast 192.0.2.255 dev eth0 src 192.0.2.2 uid 0 \n    cache <local,brd> \n",
                "multicast 224.0.0.5 dev eth0 src 192.0.2.2 uid 0 \n    cache <mc> \n"
            })
    void pinsNothingThatStays(String answer) {
        assertThat(OuterRoute.parse(answer).orElseThrow().leavesHost()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "RTNETLINK answers: Network is unreachable\n", "203.0.113.7 dev", "dev"})
    void refusesWhatNamesNoInterface(String answer) {
        assertThat(OuterRoute.parse(answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7 via 192.0.2.1 dev eth0,                        true",
        "203.0.113.7 via 192.0.2.1 dev eth0 proto static,           true",
        "203.0.113.7 via 192.0.2.1 dev eth0 metric 50,              false",
        "203.0.113.7 via 192.0.2.9 dev eth0,                        false",
        "203.0.113.7 via 192.0.2.1 dev eth1,                        false",
        "203.0.113.7 dev eth0 scope link,                           false",
        "blackhole 203.0.113.7 via 192.0.2.1 dev eth0,              false",
    })
    void knowsThePinAgain(String shown, boolean expected) {
        OuterRoute route = OuterRoute.parse("203.0.113.7 via 192.0.2.1 dev eth0 src 192.0.2.2 uid 0")
                .orElseThrow();

        assertThat(route.isPinnedBy(OuterRoute.parse(shown).orElseThrow())).isEqualTo(expected);
    }
}
