package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.junit.jupiter.api.Test;

/** A server's name has several addresses, and some of them are dead. */
class RaceTest {
    private static final Inet4Address DEAD = Ipv4Packets.address("198.51.100.7");
    private static final Inet4Address DEAD_TOO = Ipv4Packets.address("198.51.100.8");

    private final MemoryTunnel tunnel = new MemoryTunnel();

    private void resolvesTo(Inet4Address... addresses) {
        tunnel.host.names().resolvesTo(addresses);
        tunnel.host.silence(DEAD);
        tunnel.host.silence(DEAD_TOO);
    }

    @Test
    void aDeadFirstAddressCostsAQuarterOfASecond() {
        resolvesTo(DEAD, MemoryServer.ADDRESS);
        tunnel.connect();
        assertThat(tunnel.took()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(1));
        assertThat(tunnel.host.state())
                .contains("tcp to 192.0.2.1:1723")
                .noneMatch(line -> line.contains("198.51.100.7"));
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @Test
    void theFirstToAnswerWinsAndNoOtherIsTriedAfterIt() {
        resolvesTo(MemoryServer.ADDRESS, DEAD, DEAD_TOO);
        tunnel.connect();
        tunnel.runFor(Duration.ofSeconds(5));
        assertThat(tunnel.host.changes()).noneMatch(change -> change.contains("198.51.100."));
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @Test
    void theFailureNamesAllThatWereTried() {
        resolvesTo(DEAD, DEAD_TOO);
        Failure failure = tunnel.start().failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(failure.sentence())
                .isEqualTo(
                        "The connection to vpn.example.com port 1723 got no answer: 198.51.100.7 did not answer within"
                                + " 10.0 s; 198.51.100.8 did not answer within 10.0 s.");
        assertThat(tunnel.tookInAll()).isLessThan(Duration.ofSeconds(11));
    }
}
