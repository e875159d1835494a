package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;

/** What the host sends into a tunnel that is away goes nowhere: not now, not later, not another way. */
class FailClosedTest {
    private static final int CANARIES = 1000;
    private static final String ROUTE = "route 10.0.0.0/8 dev pptp0";

    private static MemoryTunnel lost(Mode mode) {
        MemoryTunnel tunnel = MemoryTunnel.lasting(ReconnectSettings.on(mode)).connect();
        tunnel.host.serverDies();
        tunnel.until(TunnelEvent.Reconnecting.class);
        return tunnel;
    }

    @Test
    void nothingPassesWhileItIsAway() {
        MemoryTunnel tunnel = lost(Mode.FAIL_CLOSED);
        List<String> states = new ArrayList<>();
        for (int i = 0; i < CANARIES; i++) {
            tunnel.host.tun().write("canary " + i);
            tunnel.runFor(Duration.ofMillis(100));
            states.addAll(tunnel.host.state());
            if (i == CANARIES / 2) {
                tunnel.host.serverIsBack();
            }
            if (tunnel.all(TunnelEvent.TunnelUp.class).size() > 1) {
                break;
            }
        }
        tunnel.untilBack(1);
        tunnel.host.tun().write("after");
        tunnel.runFor(Duration.ofSeconds(1));

        assertThat(tunnel.server.received()).contains("after").noneMatch(text -> text.startsWith("canary"));
        assertThat(tunnel.host.tun().queued()).isZero();
        assertThat(tunnel.host.state()).contains(ROUTE);
        assertThat(tunnel.host.changes()).doesNotContain("- " + ROUTE);
        assertThat(states).contains(ROUTE);
        tunnel.disconnect();
        tunnel.end();
    }

    /** A queue that had no room when the tunnel was lost is read all the same. */
    @Test
    void whatWaitedForRoomGoesNowhereEither() {
        MemoryTunnel tunnel =
                MemoryTunnel.lasting(ReconnectSettings.on(Mode.FAIL_CLOSED)).connect();
        tunnel.host.greSocket().congested(true);
        tunnel.host.tun().write("full");
        tunnel.runFor(Duration.ofMillis(10));
        tunnel.host.tun().write("waits");
        tunnel.runFor(Duration.ofMillis(10));
        assertThat(tunnel.host.tun().queued()).isEqualTo(1);
        tunnel.host.resetTcp();
        tunnel.untilBack(1);
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.host.tun().queued()).isZero();
        assertThat(tunnel.server.received()).doesNotContain("waits");
        tunnel.disconnect();
        tunnel.end();
    }

    @Test
    void whoWantsItOpenHasItsRoutesBack() {
        MemoryTunnel tunnel = lost(Mode.FAIL_OPEN);
        tunnel.runFor(Duration.ofMillis(10));
        assertThat(tunnel.host.state()).contains("link pptp0").doesNotContain(ROUTE);
        tunnel.host.serverIsBack();
        tunnel.untilBack(1);
        assertThat(tunnel.host.state()).contains(ROUTE);
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }
}
