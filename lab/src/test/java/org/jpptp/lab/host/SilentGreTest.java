package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;

/** A call was accepted and nothing comes: who is to blame. */
class SilentGreTest {
    private final MemoryTunnel tunnel = new MemoryTunnel();

    private Failure failure(MemoryHost.Gre how) {
        tunnel.host.gre(how);
        return tunnel.start().failure();
    }

    @Test
    void aServerThatAnswersFromItsOtherAddressIsNamedByBoth() {
        Failure failure = failure(MemoryHost.Gre.COMES_FROM_ELSEWHERE);
        assertThat(failure.reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        assertThat(failure.sentence())
                .matches("The call to 192\\.0\\.2\\.1 was accepted, but its GRE packets come from elsewhere:"
                        + " \\d+ from 198\\.51\\.100\\.1 in 9 s, none from there\\.");
        assertThat(failure.remedy().toString())
                .isEqualTo(
                        "If 198.51.100.1 is the server's too, connect to it. Else the server's uplink is wrong: it has to"
                                + " answer from the address that it was called at.");
    }

    @Test
    void thisHostsOwnFirewallIsNamed() {
        Failure failure = failure(MemoryHost.Gre.DROPPED_ON_ARRIVAL);
        assertThat(failure.reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        assertThat(failure.sentence())
                .startsWith("The call was accepted, and GRE packets of vpn.example.com come to this host, but none")
                .endsWith("This host's own firewall drops them.");
        assertThat(failure.remedy().toString()).contains("INPUT rules of this host");
    }

    /** A filter with state lets the packets of another tunnel with the server in, of which this one's socket is given a copy. */
    @Test
    void whatComesForAnotherTunnelDoesNotExcuseIt() {
        tunnel.on(
                TunnelEvent.CallEstablished.class,
                () -> tunnel.host.after(Duration.ofSeconds(3), () -> {
                    MemoryGre gre = tunnel.host.greSocket();
                    int other = gre.callId() ^ 1;
                    ByteBuf packet = Unpooled.buffer()
                            .writeInt(0x3001880B)
                            .writeShort(1)
                            .writeShort(other)
                            .writeInt(7)
                            .writeByte(0);
                    gre.listener().received(packet, other);
                }));
        assertThat(failure(MemoryHost.Gre.DROPPED_ON_ARRIVAL).sentence())
                .endsWith("This host's own firewall drops them.");
    }

    @Test
    void nobodyLooksWhileAllIsWell() {
        tunnel.connect();
        tunnel.runFor(Duration.ofSeconds(20));
        assertThat(tunnel.host.changes()).noneMatch(change -> change.contains("packet socket"));
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @Test
    void nobodyLooksAnyMoreOnceTheTunnelIsGivenUp() {
        tunnel.host.gre(MemoryHost.Gre.VANISHES);
        tunnel.on(
                TunnelEvent.CallEstablished.class, () -> tunnel.host.after(Duration.ofSeconds(4), tunnel::disconnect));
        assertThat(tunnel.start().failure().reason()).isEqualTo(FailureReason.INTERRUPTED);
        assertThat(tunnel.host.changes()).contains("+ packet socket", "- packet socket");
    }
}
