package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.State;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.junit.jupiter.api.Test;

/** What a tunnel tells of itself when it is asked, in each of its states. */
class StatusTest {
    @Test
    void ofATunnelThatIsUpEverythingIsTold() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        for (int i = 0; i < 10; i++) {
            tunnel.host.tun().write("out");
            tunnel.server.send("in");
        }
        tunnel.runFor(Duration.ofSeconds(40));

        TunnelStatus status = tunnel.status();
        assertThat(status.state()).isEqualTo(State.UP);
        assertThat(status.doing()).isNull();
        assertThat(status.since()).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41));
        assertThat(status.server().host()).isEqualTo("vpn.example.com");
        TunnelStatus.Agreed agreed = status.agreed();
        assertThat(tunnel.events)
                .contains(
                        agreed.server(),
                        agreed.link(),
                        agreed.identity(),
                        agreed.encryption(),
                        agreed.addresses(),
                        agreed.network());
        assertThat(status.weaknesses()).isEmpty();
        assertThat(status.traffic().datagramsSent()).isEqualTo(10);
        assertThat(status.traffic().datagramsReceived()).isEqualTo(10);
        assertThat(status.traffic().octetsSent()).isEqualTo(10 * 23);
        assertThat(status.traffic().octetsReceived()).isEqualTo(10 * 22);
        assertThat(status.traffic().refused().values()).containsOnly(0L).hasSize(Refusal.values().length);
        assertThat(status.traffic().echo())
                .as("an LCP echo's way")
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        assertThat(status.reconnections()).isZero();
        assertThat(status.lastFailure()).isNull();
    }

    @Test
    void whatIsWeakIsTold() {
        Personality nt4 = Personalities.named("nt4").orElseThrow();
        MemoryTunnel tunnel =
                new MemoryTunnel(MemoryTunnel.config().with(nt4), nt4.client(), MemoryTunnel.PASSWORD).connect();
        assertThat(tunnel.status().weaknesses())
                .isNotEmpty()
                .allSatisfy(weakness -> assertThat(tunnel.events).contains(new TunnelEvent.Warning(weakness)));
    }

    @Test
    void beforeItIsUpItTellsWhatItWaitsFor() {
        MemoryTunnel tunnel = new MemoryTunnel();
        assertThat(tunnel.status().state()).isEqualTo(State.CONNECTING);
        tunnel.start();
        tunnel.runFor(Duration.ofMillis(5));
        TunnelStatus status = tunnel.status();
        assertThat(status.state()).isEqualTo(State.CONNECTING);
        assertThat(status.doing()).isEqualTo("looking up the server's name");
        assertThat(status.agreed()).isEqualTo(TunnelStatus.Agreed.NOTHING);
    }

    @Test
    void whileItEndsAndAfterwardsItsCountersStay() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.host.tun().write("out");
        tunnel.runFor(Duration.ofSeconds(1));
        tunnel.disconnect();
        assertThat(tunnel.status().state()).isEqualTo(State.ENDING);
        assertThat(tunnel.end().failure()).isNull();
        TunnelStatus status = tunnel.status();
        assertThat(status.state()).isEqualTo(State.DOWN);
        assertThat(status.traffic().datagramsSent()).isEqualTo(1);
        assertThat(status.lastFailure()).isNull();
    }

    @Test
    void whyItFailedIsTold() {
        MemoryTunnel tunnel = new MemoryTunnel(MemoryTunnel.config(), Personality.Client.DEFAULT, "wrong");
        tunnel.start();
        assertThat(tunnel.failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
        TunnelStatus status = tunnel.status();
        assertThat(status.state()).isEqualTo(State.DOWN);
        assertThat(status.lastFailure()).isNotNull();
        assertThat(status.lastFailure().failure()).isEqualTo(tunnel.failure());
    }
}
