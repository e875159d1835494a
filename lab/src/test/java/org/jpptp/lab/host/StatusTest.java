package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.List;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.State;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.junit.jupiter.api.Test;

/** What a tunnel tells of itself when it is asked, in each of its states. */
class StatusTest {
    /** Of a connection whose segments are to have 1460 octets, more than fit. */
    private static final byte[] SYN = ByteBufUtil.decodeHexDump("4500002c00004000400626ca" + "0a000001" + "0a000002"
            + "9c400050" + "00000001" + "00000000" + "6002ffff" + "00000000" + "020405b4");

    /** One that names a name server. */
    private static ServerConfig namingServers() {
        return MemoryTunnel.config().naming(List.of(Ipv4Packets.address("192.168.77.53")));
    }

    @Test
    void ofATunnelThatIsUpEverythingIsTold() {
        MemoryTunnel tunnel =
                new MemoryTunnel(namingServers(), Personality.Client.DEFAULT, MemoryTunnel.PASSWORD).connect();
        tunnel.host.tun().write(SYN);
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
                        agreed.names(),
                        agreed.network());
        assertThat(status.weaknesses()).isEmpty();
        assertThat(status.traffic().datagramsSent()).isEqualTo(11);
        assertThat(status.traffic().datagramsReceived()).isEqualTo(10);
        assertThat(status.traffic().octetsSent()).isEqualTo(10 * 23 + SYN.length);
        assertThat(status.traffic().octetsReceived()).isEqualTo(10 * 22);
        assertThat(status.traffic().clamped()).isEqualTo(1);
        assertThat(tunnel.server.received())
                .as("1356: of an MRU of 1400 the encrypted answer has 1396, and 40 are headers")
                .anyMatch(text -> text.endsWith("\u0002\u0004\u0005L"));
        assertThat(status.traffic().refused().values()).containsOnly(0L).hasSize(Refusal.values().length);
        assertThat(status.traffic().echo())
                .as("an LCP echo's way")
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
        assertThat(status.reconnections()).isZero();
        assertThat(status.lastFailure()).isNull();
    }

    /** What the host sends meanwhile goes nowhere, and is counted through all connections. */
    @Test
    void whatWasSentWhileItWasAwayIsCounted() {
        MemoryTunnel tunnel =
                MemoryTunnel.lasting(ReconnectSettings.on(Mode.FAIL_CLOSED)).connect();
        for (int times = 1; times <= 2; times++) {
            tunnel.host.serverDies();
            tunnel.runFor(Duration.ofMinutes(3));
            TunnelStatus away = tunnel.status();
            assertThat(away.state()).isEqualTo(State.RECONNECTING);
            long before = away.traffic().refused().getOrDefault(Refusal.HOST_WHILE_AWAY, 0L);
            for (int i = 0; i < 10; i++) {
                tunnel.host.tun().write("lost");
            }
            tunnel.runFor(Duration.ofMillis(1));
            assertThat(tunnel.status().traffic().refused()).containsEntry(Refusal.HOST_WHILE_AWAY, before + 10);
            tunnel.host.serverIsBack();
            tunnel.untilBack(times);
        }
        assertThat(tunnel.status().traffic().refused()).containsEntry(Refusal.HOST_WHILE_AWAY, 20L);
        tunnel.disconnect();
        tunnel.end();
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
