package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user wants to route into the tunnel, against what the host has routed already. */
class RoutesTest {
    private static MemoryTunnel tunnel(String... routes) {
        MemoryTunnel tunnel = MemoryTunnel.to(List.of(routes).stream()
                .map(route -> Cidr.parse(route).orElseThrow())
                .toList());
        tunnel.host.ways().route("0.0.0.0/0", "192.0.2.254");
        return tunnel;
    }

    private static List<String> warnings(MemoryTunnel tunnel) {
        return tunnel.events.stream()
                .filter(TunnelEvent.Warning.class::isInstance)
                .map(event -> ((TunnelEvent.Warning) event).text())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,    this host has one by 192.0.2.254 on eth0",
        "192.0.2.0/24, 'this host is in that network itself, on eth0'",
    })
    void aRouteOfTheHostsIsRefusedBeforeAnythingIsDialled(String route, String why) {
        MemoryTunnel tunnel = tunnel("10.0.0.0/8", route);
        Failure failure = tunnel.start().failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
        assertThat(failure.sentence()).isEqualTo("The route " + route + " cannot lead into the tunnel: " + why + ".");
        assertThat(failure.remedy().toString())
                .startsWith("Name the networks behind the server instead")
                .doesNotContain("emove");
        assertThat(tunnel.host.changes()).isEmpty();
    }

    @Test
    void oneHalfIsRouted() {
        MemoryTunnel tunnel = tunnel("0.0.0.0/1", "128.0.0.0/2").connect();
        assertThat(warnings(tunnel)).isEmpty();
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    /** The user hears of it without being talkative, and before the end. */
    @Test
    void whatTheHostDoesNotTakeBackIsAWarning() {
        MemoryTunnel tunnel = tunnel("10.0.0.0/8").connect();
        tunnel.host.keep("route 10.0.0.0/8 dev pptp0");
        tunnel.disconnect();
        tunnel.host.runUntil(() -> !tunnel.isRunning(), Duration.ofMinutes(1));
        assertThat(warnings(tunnel)).containsExactly("This host refused to take back \"route 10.0.0.0/8 dev pptp0\".");
        assertThat(tunnel.events.get(tunnel.events.size() - 1)).isInstanceOf(TunnelEvent.Ended.class);
    }
}
