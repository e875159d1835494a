package org.jpptp.lab.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.jpptp.gre.IcmpError;
import org.junit.jupiter.api.Test;

/** What makes a tunnel look whether its server is still there, instead of waiting for a minute's silence. */
class AtOnceTest {
    /** Until five questions have found no answer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(12);

    private static MemoryTunnel tunnel() {
        MemoryTunnel tunnel =
                MemoryTunnel.lasting(ReconnectSettings.on(Mode.FAIL_CLOSED)).connect();
        tunnel.runFor(Duration.ofSeconds(3));
        return tunnel;
    }

    /** Until it is known that the tunnel is lost. */
    private static Duration noticed(MemoryTunnel tunnel) {
        long from = tunnel.host.now();
        tunnel.until(TunnelEvent.Reconnecting.class);
        assertThat(requireNonNull(tunnel.all(TunnelEvent.Reconnecting.class)
                                .get(0)
                                .after())
                        .reason())
                .isEqualTo(FailureReason.LINK_LOST);
        return Duration.ofNanos(tunnel.host.now() - from);
    }

    @Test
    void anotherRouteOverWhichTheServerIsNotReached() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.cutOff();
        tunnel.host.reroute("192.0.2.0/24", "192.0.2.254");
        assertThat(noticed(tunnel)).isLessThan(AT_ONCE);
    }

    @Test
    void anotherRouteOverWhichItIs() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.reroute("192.0.2.0/24", "192.0.2.254");
        tunnel.runFor(Duration.ofMinutes(5));
        assertThat(tunnel.all(TunnelEvent.Reconnecting.class)).isEmpty();
        assertThat(tunnel.host.changes()).contains("! reach " + MemoryServer.ADDRESS.getHostAddress());
    }

    /** A route that comes and goes does not put the end off. */
    @Test
    void routesThatFlap() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.cutOff();
        for (int i = 0; i < 20; i++) {
            String router = "192.0.2." + (100 + i % 2);
            tunnel.host.after(Duration.ofSeconds(i), () -> tunnel.host.reroute("192.0.2.0/24", router));
        }
        assertThat(noticed(tunnel)).isLessThan(AT_ONCE.plusSeconds(1));
    }

    @Test
    void icmp() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.cutOff();
        tunnel.host.greSocket().listener().icmpError(new IcmpError(3, 1, 113, MemoryServer.ADDRESS, 0, -1));
        assertThat(noticed(tunnel)).isLessThan(AT_ONCE);
    }

    @Test
    void tcpThatBreaks() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.resetTcp();
        assertThat(noticed(tunnel)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void sleep() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.cutOff();
        tunnel.host.sleep(Duration.ofMinutes(2));
        assertThat(noticed(tunnel)).isLessThan(AT_ONCE.plusSeconds(5));
    }

    /** A cable that is plugged in again is no reason to wait for the rest of a minute. */
    @Test
    void anotherRouteWhileItIsWaitedFor() {
        MemoryTunnel tunnel = tunnel();
        tunnel.host.serverDies();
        tunnel.host.runUntil(
                () -> tunnel.all(TunnelEvent.Reconnecting.class).stream()
                        .anyMatch(each -> each.delay().compareTo(Duration.ofSeconds(20)) > 0),
                Duration.ofMinutes(10));
        tunnel.host.serverIsBack();
        long from = tunnel.host.now();
        tunnel.host.reroute("192.0.2.0/24", "192.0.2.254");
        tunnel.untilBack(1);
        assertThat(Duration.ofNanos(tunnel.host.now() - from)).isLessThan(Duration.ofSeconds(2));
    }
}
