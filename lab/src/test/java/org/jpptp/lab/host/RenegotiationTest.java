package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.lab.server.OtherNameServer;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.junit.jupiter.api.Test;

/** A server that renegotiates a tunnel which is up: the interface follows, and says so. */
class RenegotiationTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final OtherTerms terms = new OtherTerms();
    private final MemoryTunnel tunnel = new MemoryTunnel(terms.config());

    private static Inet4Address address(String text) {
        return Ipv4Packets.address(text);
    }

    private void renegotiate() {
        tunnel.server.sendFrame(OtherTerms.renegotiation());
        tunnel.runFor(MOMENT);
    }

    private List<TunnelEvent.TunnelChanged> changes() {
        List<TunnelEvent.TunnelChanged> changes = new ArrayList<>();
        for (TunnelEvent event : tunnel.events) {
            if (event instanceof TunnelEvent.TunnelChanged change) {
                changes.add(change);
            }
        }
        return changes;
    }

    private void carries(String text) {
        tunnel.host.tun().write(text);
        tunnel.server.send(text);
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.server.received()).endsWith(text);
        assertThat(tunnel.host.tun().read()).endsWith(text);
    }

    /** It ends in order, and whatever was changed is taken back. */
    private void end() {
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @Test
    void theMtuFollowsTheMru() {
        tunnel.connect();
        assertThat(tunnel.host.state()).contains("mtu 1400 dev pptp0");
        for (int mru : new int[] {1400, 600, 1450, 1400}) {
            terms.mru(mru);
            renegotiate();
            int mtu = Math.min(1400, mru - 4);
            assertThat(tunnel.host.state()).contains("mtu " + mtu + " dev pptp0");
            assertThat(changes().get(changes().size() - 1).mtu()).isEqualTo(mtu);
            carries("with an MRU of " + mru);
        }
        assertThat(changes())
                .extracting(TunnelEvent.TunnelChanged::text)
                .startsWith(
                        "The server receives other lengths now: the MTU of pptp0 is 1396 octets, and was 1400.",
                        "The server receives other lengths now: the MTU of pptp0 is 596 octets, and was 1396.");
        end();
    }

    @Test
    void theAddressesFollow() {
        tunnel.connect();
        terms.remote(address("192.168.77.2"));
        renegotiate();
        assertThat(tunnel.host.state()).contains("address 192.168.77.10 peer 192.168.77.2 dev pptp0");
        terms.local(address("192.168.77.20"));
        renegotiate();
        assertThat(tunnel.host.state())
                .contains("address 192.168.77.20 peer 192.168.77.2 dev pptp0")
                .noneMatch(line -> line.startsWith("address 192.168.77.10"));
        assertThat(changes())
                .extracting(TunnelEvent.TunnelChanged::text)
                .containsExactly(
                        "The server's own inner address is 192.168.77.2 now, and was 192.168.77.1.",
                        "The server gave us another address: 192.168.77.20, which was 192.168.77.10.");
        carries("from another address");
        end();
    }

    @Test
    void theSameTermsOnceMoreAreNoChange() {
        tunnel.connect();
        renegotiate();
        assertThat(changes()).isEmpty();
        carries("as before");
        end();
    }

    @Test
    void anotherNameServerIsToldOnceAndAsThatOnly() {
        Inet4Address usual = address("192.168.77.53");
        Inet4Address other = address("192.168.77.54");
        OtherNameServer names = new OtherNameServer(usual, other);
        MemoryTunnel naming =
                new MemoryTunnel(MemoryTunnel.config().naming(List.of(usual)).with(names)).connect();
        names.renegotiate();
        naming.server.send("gives way");
        naming.runFor(MOMENT);
        assertThat(naming.all(TunnelEvent.NamesSettled.class))
                .extracting(TunnelEvent.NamesSettled::servers)
                .containsExactly(List.of(usual), List.of(other));
        assertThat(naming.all(TunnelEvent.TunnelChanged.class)).isEmpty();
    }

    @Test
    void anAddressThatNoHostMayHaveEndsTheTunnel() {
        tunnel.connect();
        terms.local(MemoryServer.ADDRESS);
        renegotiate();
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
        assertThat(failure.sentence()).contains("192.0.2.1 is the server's outer address");
    }

    /** Of LCP the link itself has enough earlier. */
    @Test
    void aServerThatNeverSettlesIsLeft() {
        tunnel.connect();
        for (int host = 100; tunnel.isRunning(); host++) {
            assertThat(host).isLessThan(200);
            terms.remote(address("192.168.77." + host));
            tunnel.server.sendFrame(OtherTerms.renegotiationOfAddresses());
            tunnel.runFor(MOMENT);
        }
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
        assertThat(failure.sentence()).endsWith("of a tunnel that was up 51 times.");
    }
}
