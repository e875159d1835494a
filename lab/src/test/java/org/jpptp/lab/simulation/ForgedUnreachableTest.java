package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import org.jpptp.client.FailureReason;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.junit.jupiter.api.Test;

/** Threat: anybody may send an ICMP error. A server may be slow, and is not given up for one that somebody forged. */
class ForgedUnreachableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Inet4Address ROUTER = SimulatedTunnel.address("198.51.100.1");

    private final SimulatedTunnel tunnel =
            new SimulatedTunnel(1, Weather.FINE, SimulatedTunnel.serverConfig(), "alice", "secret");

    /** The server's GRE begins so late. */
    private void slow(Duration silence) {
        tunnel.gre.blocked = true;
        tunnel.network.at(tunnel.network.now() + silence.toNanos(), () -> tunnel.gre.blocked = false);
    }

    private void every(long step, Runnable what) {
        for (long at = SECOND / 2; at < 12 * SECOND; at += step) {
            tunnel.network.at(tunnel.network.now() + at, what);
        }
    }

    @Test
    void oneThatGuessedTheCallIdDoesNotEndATunnelToASlowServer() {
        slow(Duration.ofSeconds(6));
        tunnel.network.at(tunnel.network.now() + SECOND / 2, tunnel::icmpProtocolUnreachable);
        tunnel.connect();
        assertThat(tunnel.up()).as(tunnel.log.toString()).isTrue();
    }

    @Test
    void anyNumberWithAnotherCallIdOrNoneChangesNothing() {
        slow(Duration.ofSeconds(7));
        every(SECOND / 4, () -> {
            tunnel.icmpProtocolUnreachable(SimulatedTunnel.SERVER, tunnel.gre.peerCallId() ^ 1);
            tunnel.icmpProtocolUnreachable(SimulatedTunnel.SERVER, -1);
        });
        tunnel.connect();
        assertThat(tunnel.up()).as(tunnel.log.toString()).isTrue();
    }

    @Test
    void aRouterOnTheWayDoesNotSpeakForTheServer() {
        slow(Duration.ofSeconds(7));
        every(SECOND / 4, () -> tunnel.icmpProtocolUnreachable(ROUTER, tunnel.gre.peerCallId()));
        tunnel.connect();
        assertThat(tunnel.up()).as(tunnel.log.toString()).isTrue();
    }

    @Test
    void aRouterThatRefusesOnAndOnIsNamedAsTheEvidence() {
        tunnel.gre.blocked = true;
        every(SECOND, () -> tunnel.icmpProtocolUnreachable(ROUTER, tunnel.gre.peerCallId()));
        tunnel.connect();
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        assertThat(tunnel.end.failure().sentence()).contains("198.51.100.1 answered ICMP type 3 code 2");
    }
}
