package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.lab.explain.Captured;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tunnel that worked with whichever server, recorded but for a packet: no verdict contradicts what it carried. */
class IncompleteRecordingsTest {
    private static final int DATAGRAMS = 2;

    static Stream<Personality> reachable() {
        return Personalities.ALL.stream().filter(Personality::letsIn);
    }

    private static Captured recorded(Personality server) {
        SimulatedTunnel tunnel = new SimulatedTunnel(
                        1,
                        Weather.FINE,
                        SimulatedTunnel.serverConfig().with(server),
                        server.client().policy())
                .connect();
        for (int i = 0; i < DATAGRAMS; i++) {
            tunnel.sendFromClient("number " + i);
            tunnel.sendFromServer("number " + i);
            tunnel.runFor(Duration.ofSeconds(1));
        }
        tunnel.client.disconnect(tunnel.network.now());
        tunnel.runUntil(() -> tunnel.end != null && tunnel.serverStreamClosed, Duration.ofSeconds(10));
        return Captured.of(tunnel.recording.file());
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void onePacketIsMissing(Personality server) {
        Captured whole = recorded(server);
        for (int number = 1; number <= whole.size(); number++) {
            assertThat(whole.without(number).told())
                    .as("without %d", number)
                    .contains(": The tunnel was up for ")
                    .endsWith(" s, until the client ended it in order.");
        }
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void twoNeighboursChangedPlaces(Personality server) {
        Captured whole = recorded(server);
        for (int number = 1; number < whole.size(); number++) {
            assertThat(whole.swappedAt(number).told())
                    .as("swapped at %d", number)
                    .contains(": The tunnel was up for ")
                    .endsWith(" s, until the client ended it in order.");
        }
    }

    /** Who has only the server's last word does not know that it was asked for. */
    @ParameterizedTest
    @MethodSource("reachable")
    void itsBeginningIsMissing(Personality server) {
        Captured whole = recorded(server);
        for (int from = 1; from < whole.size(); from++) {
            assertThat(whole.from(from).explained().calls())
                    .as("from %d: %s", from, whole.from(from).told())
                    .hasSizeLessThanOrEqualTo(1)
                    .extracting(Explained::verdict)
                    .noneMatch(verdict -> verdict.failure() != null && verdict.confidence() == Verdict.Confidence.SEEN);
        }
    }
}
