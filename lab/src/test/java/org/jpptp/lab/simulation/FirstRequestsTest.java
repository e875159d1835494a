package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.FrameFilter.Direction;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is lost of the first words of a protocol, the tunnel is up in less than the three seconds of RFC 1661 §4.6. */
class FirstRequestsTest {
    private static final Duration SOON = Duration.ofMillis(1600);

    static Stream<Arguments> losses() {
        return Stream.of(Personalities.OURS, Personalities.ACCEL_PPP, Personalities.POPTOP, Personalities.PPPD_EAP)
                .flatMap(server -> Stream.of(
                                PppProtocol.LCP, PppProtocol.CHAP, PppProtocol.EAP, PppProtocol.CCP, PppProtocol.IPCP)
                        .flatMap(protocol -> Stream.of(Direction.values())
                                .map(direction ->
                                        Arguments.of(server, PppProtocol.name(protocol), protocol, direction))));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theFirstPacketOfAProtocolIsLost(Personality server, String name, int protocol, Direction lost) {
        int[] left = {1};
        FrameFilter deaf = (direction, frame) -> {
            boolean hit = direction == lost && frame.getUnsignedShort(frame.readerIndex() + 2) == protocol;
            return !hit || left[0]-- <= 0;
        };
        SimulatedTunnel tunnel = new SimulatedTunnel(
                1,
                SimulatedNetwork.Weather.FINE,
                SimulatedTunnel.serverConfig().with(server).with(deaf),
                "alice",
                "secret");
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(() -> tunnel.up(), SOON);
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
    }
}
