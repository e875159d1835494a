package org.jpptp.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.junit.jupiter.api.Test;

class WayToServerTest {
    private static final Inet4Address SERVER = address("203.0.113.7");
    private static final Inet4Address WLAN = address("192.168.1.5");

    private final List<Surroundings.Route> routes = new ArrayList<>();
    private Set<Inet4Address> own = Set.of(WLAN);

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }

    private WayToServerTest route(String network, String dev, String router) {
        routes.add(new Surroundings.Route(
                Cidr.parse(network).orElseThrow(), dev, router.isEmpty() ? null : address(router)));
        return this;
    }

    private WayToServer way() {
        return WayToServer.of(SERVER, "pptp0", new Surroundings(own, List.of(), Set.of(), routes));
    }

    private WayToServer usual() {
        return route("0.0.0.0/0", "wlan0", "192.168.1.1")
                .route("192.168.1.0/24", "wlan0", "")
                .way();
    }

    @Test
    void theNarrowestCountsAndTheFirstOfItsLike() {
        usual();
        route("203.0.0.0/16", "eth0", "10.0.0.1").route("203.0.0.0/16", "eth1", "10.0.0.2");
        assertThat(way().route())
                .hasValueSatisfying(route -> assertThat(route.interfaceName()).isEqualTo("eth0"));
    }

    @Test
    void whatTunnelsMakeIsNoOtherWay() {
        WayToServer before = usual();
        route("203.0.113.7/32", "wlan0", "192.168.1.1")
                .route("10.0.0.0/8", "pptp0", "")
                .route("203.0.113.0/24", "pptp0", "");
        assertThat(way().differsFrom(before)).isFalse();
    }

    @Test
    void routesToOthersAreNoOtherWay() {
        WayToServer before = usual();
        route("198.51.100.0/24", "eth0", "10.0.0.1");
        assertThat(way().differsFrom(before)).isFalse();
    }

    @Test
    void anotherRouterIsAnotherWay() {
        WayToServer before = usual();
        routes.clear();
        route("0.0.0.0/0", "wlan0", "192.168.1.254").route("192.168.1.0/24", "wlan0", "");
        assertThat(way().differsFrom(before)).isTrue();
    }

    @Test
    void noRouteIsAnotherWayAndSoIsTheFirstAgain() {
        WayToServer before = usual();
        routes.clear();
        WayToServer none = way();
        assertThat(none.route()).isEmpty();
        assertThat(none.differsFrom(before)).isTrue();
        assertThat(before.differsFrom(none)).isTrue();
    }

    @Test
    void anAddressThatIsGoneIsOneAndANewOneIsNot() {
        WayToServer before = usual();
        own = Set.of(WLAN, address("172.17.0.1"));
        WayToServer more = way();
        assertThat(more.differsFrom(before)).isFalse();
        own = Set.of(address("192.168.1.9"));
        assertThat(way().differsFrom(before)).isTrue();
    }
}
