package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.client.TunnelEvent;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole tunnels, from the server's name to the last undone route. */
class MemoryTunnelTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    static Stream<Personality> reachable() {
        return Personalities.ALL.stream().filter(Personality::letsIn);
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void carriesDatagramsBothWays(Personality personality) {
        MemoryTunnel tunnel =
                new MemoryTunnel(MemoryTunnel.config().with(personality), personality.client(), MemoryTunnel.PASSWORD);
        tunnel.connect();
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "number " + i).toList();
        for (String text : many) {
            tunnel.host.tun().write(text);
            tunnel.server.send(text);
            tunnel.runFor(Duration.ofMillis(5));
        }
        tunnel.runFor(MOMENT);
        assertThat(tunnel.server.received()).isEqualTo(many);
        assertThat(tunnel.host.tun().read()).isEqualTo(many);

        tunnel.disconnect();
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(ended.failure()).isNull();
        assertThat(ended.wasUp()).isTrue();
        assertThat(ended.traffic().octetsSent())
                .isEqualTo(ended.traffic().octetsReceived())
                .isEqualTo(90 * 29 + 10 * 28);
    }

    @Test
    void changesTheHostStepByStepAndUndoesItInReverse() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
        List<String> changes = tunnel.host.changes().stream()
                .map(line -> line.replaceAll("call \\d+", "call"))
                .toList();
        assertThat(changes)
                .containsExactly(
                        "+ link pptp0",
                        "+ tcp to 192.0.2.1:1723",
                        "+ gre to 192.0.2.1 call",
                        "+ route 192.0.2.1 dev eth0",
                        "+ mtu 1400 dev pptp0",
                        "+ address 192.168.77.10 peer 192.168.77.1 dev pptp0",
                        "+ up dev pptp0",
                        "+ route 10.0.0.0/8 dev pptp0",
                        "- gre to 192.0.2.1 call",
                        "- tcp to 192.0.2.1:1723",
                        "- route 10.0.0.0/8 dev pptp0",
                        "- up dev pptp0",
                        "- address 192.168.77.10 peer 192.168.77.1 dev pptp0",
                        "- mtu 1400 dev pptp0",
                        "- route 192.0.2.1 dev eth0",
                        "- link pptp0");
    }

    @Test
    void tellsOfItsProgressInOrder() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
        assertThat(tunnel.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "ServerAnswered",
                        "CallEstablished",
                        "LinkOpened",
                        "IdentityProven",
                        "EncryptionSettled",
                        "AddressesAgreed",
                        "TunnelUp",
                        "Ended");
    }

    /** Where the kernel takes no more, the host's own queue fills, and nothing is lost. */
    @Test
    void readsNothingFromTheHostWhileTheNetworkIsCongested() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.host.greSocket().congested(true);
        List<String> many = IntStream.range(0, 50).mapToObj(i -> "number " + i).toList();
        for (String text : many) {
            tunnel.host.tun().write(text);
            tunnel.runFor(Duration.ofMillis(1));
        }
        assertThat(tunnel.server.received()).isEmpty();
        assertThat(tunnel.host.tun().queued()).isEqualTo(49);

        tunnel.host.greSocket().congested(false);
        tunnel.runFor(MOMENT);
        assertThat(tunnel.server.received()).isEqualTo(many);
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    /** The server's first frame may come before its reply: the raw socket is open by then. */
    @Test
    void theRawSocketIsOpenBeforeTheCallIsRequested() {
        MemoryTunnel tunnel = new MemoryTunnel();
        tunnel.on(
                TunnelEvent.CallEstablished.class,
                () -> assertThat(tunnel.host.greSocket()).isNotNull());
        tunnel.connect();
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }
}
