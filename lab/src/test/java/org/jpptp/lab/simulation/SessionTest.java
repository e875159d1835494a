package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.control.TransportEnd;
import org.jpptp.lab.oracle.Golden;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static SimulatedTunnel tunnel() {
        return new SimulatedTunnel(1, Weather.FINE, SimulatedTunnel.serverConfig(), "alice", "secret");
    }

    @Test
    void comesUpCarriesTrafficAndEndsInAnOrderlyWay() {
        SimulatedTunnel tunnel = tunnel().connect();
        assertThat(tunnel.up()).isTrue();

        tunnel.sendFromClient("to the server");
        tunnel.sendFromServer("to the client");
        tunnel.runFor(Duration.ofSeconds(1));
        tunnel.client.disconnect(tunnel.network.now());
        tunnel.runUntil(() -> tunnel.end != null && tunnel.serverStreamClosed, Duration.ofSeconds(10));

        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).containsExactly("to the server");
        assertThat(tunnel.toClientHost).extracting(SimulatedTunnel::payload).containsExactly("to the client");
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNull();
        assertThat(tunnel.end.wasUp()).isTrue();
        assertThat(tunnel.end.traffic().octetsSent()).isEqualTo(20 + 13);
        assertThat(tunnel.serverStreamClosed).isTrue();
        Golden.matches("session-normal.txt", tunnel.log);
    }

    @Test
    void plansTheNetworkAsAgreed() {
        SimulatedTunnel tunnel = tunnel().connect();

        NetworkPlan plan = tunnel.plan;
        assertThat(plan).isNotNull();
        assertThat(plan.local().getHostAddress()).isEqualTo("192.168.77.10");
        assertThat(plan.remote()).isEqualTo(SimulatedTunnel.address("192.168.77.1"));
        assertThat(plan.mtu()).isEqualTo(1400);
        assertThat(plan.server()).isEqualTo(SimulatedTunnel.SERVER);
        assertThat(plan.routes()).extracting(Object::toString).isEqualTo(List.of("10.0.0.0/8"));
    }

    @Test
    void aTunnelThatIsLeftAloneStaysUp() {
        SimulatedTunnel tunnel = tunnel().connect();
        tunnel.runFor(Duration.ofMinutes(30));
        tunnel.sendFromClient("still there");
        tunnel.runFor(Duration.ofSeconds(1));

        assertThat(tunnel.end).isNull();
        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).containsExactly("still there");
    }

    @Test
    void theServersOuterAddressAsItsInnerOneIsNotRoutedInward() {
        SimulatedTunnel tunnel =
                new SimulatedTunnel(1, Weather.FINE, SimulatedTunnel.serverConfig("192.0.2.1"), "alice", "secret");
        tunnel.connect();

        assertThat(tunnel.plan).isNotNull();
        assertThat(tunnel.plan.remote()).isNull();
        assertThat(tunnel.log)
                .anyMatch(line -> line.contains("Warning") && line.contains("is the server's outer address"));
    }

    /** pptpd closes TCP as soon as pppd has gone, whether or not all was acknowledged. */
    @Test
    void aServerThatHangsUpAfterTheVerdictDoesNotHideIt() {
        SimulatedTunnel tunnel = new SimulatedTunnel(1, Weather.FINE, SimulatedTunnel.serverConfig(), "alice", "wrong");
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(
                () -> tunnel.log.stream().anyMatch(line -> line.contains("rcvd [CHAP Failure")), Duration.ofMinutes(1));
        assertThat(tunnel.end).isNull();
        tunnel.client.controlClosed(TransportEnd.CLOSED, tunnel.network.now());

        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
    }

    @Test
    void endsWithinFiveSecondsEvenWhenNobodyAnswers() {
        SimulatedTunnel tunnel = tunnel().connect();
        tunnel.gre.blocked = true;
        tunnel.serverGone = true;
        long begin = tunnel.network.now();
        tunnel.client.disconnect(begin);
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(1));

        assertThat(Duration.ofNanos(tunnel.network.now() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNull();
    }

    @Test
    void stoppedBeforeItIsUpSaysWhatItWasDoing() {
        SimulatedTunnel tunnel = tunnel();
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runFor(Duration.ofMillis(5));
        tunnel.client.disconnect(tunnel.network.now());
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(1));

        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.INTERRUPTED);
    }

    /** The client's first packet may follow the reply at once, and begins nothing that meets a closed port. */
    @Test
    void theServerListensBeforeItReplies() {
        SimulatedTunnel tunnel = new SimulatedTunnel(
                        1, SimulatedNetwork.Weather.FINE, SimulatedTunnel.serverConfig(), "alice", "secret")
                .connect();
        assertThat(tunnel.serverDid)
                .startsWith(
                        "message 2", // Start-Control-Connection-Reply
                        "opens GRE",
                        "message 8", // Outgoing-Call-Reply
                        "GRE");
    }
}
