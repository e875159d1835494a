package org.jpptp.lab.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.ServerTraits;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tunnel that is lost comes back by itself: what it follows, what it keeps, what it does not do. */
class ReconnectTest {
    private static final ReconnectSettings CLOSED = ReconnectSettings.on(Mode.FAIL_CLOSED);
    private static final Inet4Address ELSEWHERE = Ipv4Packets.address("203.0.113.99");
    private static final String INNER = "address 192.168.77.10 peer 192.168.77.1 dev pptp0";
    private static final String ROUTE = "route 10.0.0.0/8 dev pptp0";

    private static List<TunnelEvent.Reconnecting> tries(MemoryTunnel tunnel) {
        return tunnel.all(TunnelEvent.Reconnecting.class);
    }

    private static void carries(MemoryTunnel tunnel, String text) {
        tunnel.host.tun().write(text);
        tunnel.server.send("answer to " + text);
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.server.received()).contains(text);
        assertThat(tunnel.host.tun().read()).contains("answer to " + text);
    }

    private static void endsWell(MemoryTunnel tunnel, int reconnections) {
        carries(tunnel, "last");
        tunnel.disconnect();
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(ended.failure()).isNull();
        assertThat(ended.wasUp()).isTrue();
        assertThat(tunnel.all(TunnelEvent.TunnelUp.class))
                .extracting(TunnelEvent.TunnelUp::reconnections)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, reconnections).boxed().toList());
    }

    @Test
    void aServerThatDiesAndIsBack() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        carries(tunnel, "before");
        tunnel.host.serverDies();
        tunnel.until(TunnelEvent.Reconnecting.class);
        assertThat(tunnel.host.state()).contains("link pptp0", INNER, ROUTE);
        tunnel.runFor(Duration.ofSeconds(30));
        tunnel.host.serverIsBack();
        tunnel.untilBack(1);

        List<TunnelEvent.Reconnecting> tries = tries(tunnel);
        assertThat(tries.get(0).after()).isNotNull();
        assertThat(tries.get(0).after().reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(tries.stream().skip(1))
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(requireNonNull(each.after()).reason()).isEqualTo(FailureReason.REFUSED));
        assertThat(tries)
                .extracting(TunnelEvent.Reconnecting::attempt)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, tries.size()).boxed().toList());
        assertThat(tunnel.all(TunnelEvent.TunnelUp.class).get(1).took()).isGreaterThan(Duration.ofSeconds(30));
        endsWell(tunnel, 1);
    }

    @Test
    void whatTheSecondConnectionCarriesIsCountedWithTheFirst() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        carries(tunnel, "one");
        tunnel.host.resetTcp();
        tunnel.untilBack(1);
        carries(tunnel, "two");
        tunnel.tellStatistics();
        tunnel.runFor(Duration.ofSeconds(1));
        tunnel.disconnect();
        TunnelEvent.Ended ended = tunnel.end();
        long each = Ipv4Packets.datagram("one").readableBytes();
        assertThat(ended.traffic().octetsSent()).isEqualTo(2 * each);
        assertThat(tunnel.all(TunnelEvent.Statistics.class))
                .singleElement()
                .satisfies(told -> assertThat(told.octetsSent()).isEqualTo(2 * each));
        assertThat(ended.upFor()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    /** Two questions stay unanswered, and the third is not lost. */
    @Test
    void halfAMinuteWithoutGreIsNoEnd() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.host.gre(MemoryHost.Gre.VANISHES);
        tunnel.runFor(Duration.ofSeconds(30));
        tunnel.host.gre(MemoryHost.Gre.PASSES);
        tunnel.runFor(Duration.ofMinutes(3));
        assertThat(tries(tunnel)).isEmpty();
        endsWell(tunnel, 0);
    }

    @Test
    void greThatIsAwayForLongIsWaitedFor() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.host.gre(MemoryHost.Gre.VANISHES);
        tunnel.runFor(Duration.ofMinutes(4));
        assertThat(requireNonNull(tries(tunnel).get(1).after()).reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        tunnel.host.gre(MemoryHost.Gre.PASSES);
        tunnel.untilBack(1);
        endsWell(tunnel, 1);
    }

    @Test
    void aServerThatMovesIsFollowed() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.host.names().resolvesTo(ELSEWHERE);
        tunnel.server.moveTo(ELSEWHERE);
        tunnel.host.silence(MemoryServer.ADDRESS);
        tunnel.host.resetTcp();
        tunnel.untilBack(1);

        assertThat(tunnel.host.state())
                .contains("route 203.0.113.99 dev eth0", INNER, ROUTE)
                .doesNotContain("route " + MemoryServer.ADDRESS.getHostAddress() + " dev eth0");
        assertThat(tunnel.all(TunnelEvent.TunnelChanged.class))
                .singleElement()
                .satisfies(changed -> assertThat(changed.text()).startsWith("The server is at 203.0.113.99 now"));
        endsWell(tunnel, 1);
    }

    static Stream<Consumer<MemoryHost>> resolvers() {
        return Stream.of(
                host -> host.names().silence(),
                host -> host.names().loseNameServers(),
                host -> host.refuse(Step.RESOLVE));
    }

    /** The resolver may be one that is reached through the tunnel. */
    @ParameterizedTest
    @MethodSource("resolvers")
    void whereTheNameIsNotFoundTheAddressOfBeforeIsTried(Consumer<MemoryHost> resolver) {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        resolver.accept(tunnel.host);
        tunnel.host.resetTcp();
        tunnel.untilBack(1);
        assertThat(tries(tunnel)).hasSize(1);
        endsWell(tunnel, 1);
    }

    @Test
    void anotherInnerAddressTakesThePlaceOfTheFirst() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.server.becomes(MemoryTunnel.config("192.168.77.20"));
        tunnel.host.resetTcp();
        tunnel.untilBack(1);
        assertThat(tunnel.host.state())
                .contains("address 192.168.77.20 peer 192.168.77.1 dev pptp0", ROUTE)
                .doesNotContain(INNER);
        assertThat(tunnel.all(TunnelEvent.TunnelChanged.class))
                .singleElement()
                .satisfies(changed -> assertThat(changed.text()).contains("192.168.77.20, which was 192.168.77.10"));
        endsWell(tunnel, 1);
    }

    @Test
    void aWrongPasswordIsNoSecondTry() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.server.becomes(MemoryTunnel.config(691));
        tunnel.host.resetTcp();
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(requireNonNull(ended.failure()).reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
        assertThat(ended.wasUp()).isTrue();
        assertThat(tries(tunnel)).hasSize(1);
    }

    @Test
    void aFirstConnectionIsNotTriedAgain() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED);
        tunnel.host.tcp(MemoryHost.Tcp.REFUSED);
        assertThat(tunnel.start().failure().reason()).isEqualTo(FailureReason.REFUSED);
        assertThat(tries(tunnel)).isEmpty();
    }

    @Test
    void noMoreTriesThanTheUserWants() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED.withMaxTries(3)).connect();
        tunnel.host.serverDies();
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
        assertThat(failure.sentence()).endsWith(" 3 tries to reconnect have failed, and no more are allowed.");
        assertThat(tries(tunnel)).hasSize(3);
    }

    @Test
    void withoutReconnectALostTunnelEnds() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.host.resetTcp();
        assertThat(tunnel.failure().reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(tries(tunnel)).isEmpty();
    }

    /** The server still has the old connection, and says so. */
    @Test
    void aServerThatRemembersIsGivenTime() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.server.becomes(MemoryTunnel.config().with(ServerTraits.ACCEPTING.withStartResult(3)));
        tunnel.host.resetTcp();
        tunnel.host.after(Duration.ofSeconds(20), () -> tunnel.server.becomes(MemoryTunnel.config()));
        tunnel.untilBack(1);
        endsWell(tunnel, 1);
    }

    @Test
    void theUserMayWantAnotherConnectionAtOnce() {
        for (ReconnectSettings settings : List.of(CLOSED, ReconnectSettings.OFF)) {
            MemoryTunnel tunnel = MemoryTunnel.lasting(settings).connect();
            long asked = tunnel.host.now();
            tunnel.reconnect();
            tunnel.untilBack(1);
            assertThat(Duration.ofNanos(tunnel.host.now() - asked)).isLessThan(Duration.ofSeconds(2));
            assertThat(tries(tunnel)).singleElement().satisfies(each -> {
                assertThat(each.after()).isNull();
                assertThat(each.delay()).isZero();
            });
            endsWell(tunnel, 1);
        }
    }

    @Test
    void aHostThatRefusesIsTheEnd() {
        MemoryTunnel tunnel = MemoryTunnel.lasting(CLOSED).connect();
        tunnel.server.becomes(MemoryTunnel.config("192.168.77.20"));
        tunnel.host.refuse(Step.ADD_ADDRESS);
        tunnel.host.resetTcp();
        assertThat(tunnel.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
    }
}
