package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody takes the interface of a tunnel away, or what it has been given. */
class TakenAwayTest {
    private static final ReconnectSettings CLOSED = ReconnectSettings.on(Mode.FAIL_CLOSED);
    private static final String ROUTE = "route 10.0.0.0/8 dev pptp0";
    private static final String ADDRESS = "address 192.168.77.10 peer 192.168.77.1 dev pptp0";

    private static List<String> warnings(MemoryTunnel tunnel) {
        return tunnel.all(TunnelEvent.Warning.class).stream()
                .map(TunnelEvent.Warning::text)
                .toList();
    }

    private static void carries(MemoryTunnel tunnel, String text) {
        tunnel.host.tun().write(text);
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.server.received()).contains(text);
    }

    private static void endsWell(MemoryTunnel tunnel) {
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OFF"})
    void theInterfaceIsMadeAnewAndTheSessionGoesOn(Mode mode) {
        MemoryTunnel tunnel = MemoryTunnel.lasting(ReconnectSettings.on(mode)).connect();
        List<String> up = tunnel.host.state();

        tunnel.host.tun().delete();
        assertThat(tunnel.host.state()).doesNotContain(ROUTE, ADDRESS, "link pptp0");
        tunnel.runFor(Duration.ofSeconds(1));

        assertThat(tunnel.host.state()).isEqualTo(up);
        assertThat(warnings(tunnel))
                .containsExactly("Somebody has taken the interface pptp0 away: it was made anew, with its addresses and"
                        + " routes.");
        assertThat(tunnel.all(TunnelEvent.Reconnecting.class)).isEmpty();
        carries(tunnel, "still here");
        endsWell(tunnel);
    }

    @Test
    void whoWantsNoOtherConnectionHasItEnded() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.host.tun().delete();
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(failure.sentence()).startsWith("The interface pptp0 was taken away while the tunnel was up");
    }

    /** Such as by a program that has taken the name: as often as a server that is away is tried. */
    @Test
    void thereIsAnotherTryUntilItCanBeMade() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.host.refuse(Step.REOPEN_TUN);
        tunnel.host.tun().delete();
        tunnel.runFor(Duration.ofSeconds(30));
        assertThat(tunnel.isRunning()).isTrue();
        assertThat(tunnel.all(TunnelEvent.Reconnecting.class))
                .hasSizeGreaterThan(2)
                .allSatisfy(each -> assertThat(each.after())
                        .isNotNull()
                        .extracting(Failure::reason)
                        .isEqualTo(FailureReason.LINK_LOST));

        tunnel.host.allow(Step.REOPEN_TUN);
        tunnel.untilBack(1);
        assertThat(tunnel.host.state()).contains("link pptp0", ROUTE, ADDRESS);
        carries(tunnel, "back");
        endsWell(tunnel);
    }

    @Test
    void thatIsTriedAsOftenAsIsAllowed() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED.withMaxTries(2)).connect();
        tunnel.host.refuse(Step.REOPEN_TUN);
        tunnel.host.tun().delete();
        assertThat(tunnel.failure().sentence()).contains("was taken away", "2 tries to reconnect have failed");
    }

    @Test
    void theSameBetweenTwoConnections() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.host.serverDies();
        tunnel.until(TunnelEvent.Reconnecting.class);
        tunnel.host.tun().delete();
        tunnel.runFor(Duration.ofMillis(10));
        assertThat(tunnel.host.state()).contains("link pptp0", ROUTE, ADDRESS);
        tunnel.host.tun().write("canary");
        tunnel.host.serverIsBack();
        tunnel.untilBack(1);
        carries(tunnel, "back");
        assertThat(tunnel.server.received()).doesNotContain("canary");
        endsWell(tunnel);
    }

    @Test
    void whatIsTakenAwayAgainAndAgainIsLostInTheEnd() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        for (int i = 0; i < 5; i++) {
            tunnel.host.tun().delete();
            tunnel.runFor(Duration.ofSeconds(1));
        }
        assertThat(warnings(tunnel)).hasSize(5);
        assertThat(tunnel.all(TunnelEvent.Reconnecting.class)).isEmpty();
        tunnel.host.tun().delete();
        tunnel.untilBack(1);
        assertThat(tunnel.all(TunnelEvent.Reconnecting.class)).hasSize(1);
        endsWell(tunnel);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTE, ADDRESS, "up dev pptp0"})
    void addressesAndRoutesArePutBack(String line) {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        List<String> up = tunnel.host.state();
        tunnel.host.takeAway(line);
        assertThat(tunnel.host.state()).doesNotContain(line);
        tunnel.runFor(Duration.ofSeconds(2));
        assertThat(tunnel.host.state()).isEqualTo(up);
        assertThat(warnings(tunnel)).singleElement().asString().contains("it was put back");
        carries(tunnel, "after " + line.length());
        endsWell(tunnel);
    }

    /** The user may mean it. */
    @Test
    void nothingIsPutBackWhereATunnelIsNotToLast() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.host.takeAway(ROUTE);
        tunnel.runFor(Duration.ofSeconds(2));
        assertThat(tunnel.host.state()).doesNotContain(ROUTE);
        endsWell(tunnel);
    }

    /** A program that means it wins for most of the time; the tunnel does not stop for it, and does nothing else. */
    @Test
    void aProgramThatTakesThemAwayAgainAndAgainIsAnsweredFiveTimesAMinute() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        for (int taken = 0; taken < 100; taken++) {
            tunnel.host.takeAway(ROUTE);
            tunnel.runFor(Duration.ofSeconds(2));
        }
        assertThat(warnings(tunnel)).hasSizeBetween(15, 20);
        tunnel.runFor(Duration.ofMinutes(2));
        assertThat(tunnel.host.state()).contains(ROUTE);
        endsWell(tunnel);
    }
}
