package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.junit.jupiter.api.Test;

/** A thousand seeds of a network that loses 30 %, repeats 10 % and reorders what is left. */
class BadWeatherTest {
    private static final Weather BAD = new Weather(0.3, 0.1, 40);
    private static final int SEEDS = 1_000;

    @Test
    void everyTunnelEndsUpOpenOrWithATypedFailure() {
        int open = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedTunnel tunnel = new SimulatedTunnel(seed, BAD, SimulatedTunnel.serverConfig(), "alice", "secret");
            tunnel.connect();
            // A lost IPCP Ack makes the peer ask again, and holds traffic up until that is settled.
            for (int i = 0;
                    tunnel.end == null
                            && i < 1200
                            && (tunnel.toServerHost.size() <= 10 || tunnel.toClientHost.size() <= 10);
                    i++) {
                tunnel.sendFromClient("up " + i);
                tunnel.sendFromServer("down " + i);
                tunnel.runFor(Duration.ofMillis(100));
            }
            if (tunnel.end != null) {
                assertThat(tunnel.end.failure())
                        .as("seed %d ends with a reason", seed)
                        .isNotNull();
                continue;
            }
            open++;
            assertThat(tunnel.toServerHost)
                    .as("seed %d carries datagrams up, each once", seed)
                    .hasSizeGreaterThan(10)
                    .extracting(SimulatedTunnel::payload)
                    .doesNotHaveDuplicates()
                    .allMatch(text -> text.startsWith("up "));
            assertThat(tunnel.toClientHost)
                    .as("seed %d carries datagrams down, each once", seed)
                    .hasSizeGreaterThan(10)
                    .extracting(SimulatedTunnel::payload)
                    .doesNotHaveDuplicates()
                    .allMatch(text -> text.startsWith("down "));
        }
        assertThat(open).as("tunnels that came up").isGreaterThan(SEEDS / 2);
    }
}
