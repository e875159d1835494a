package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tunnels of one process share an event loop and nothing else. */
@RequiresRoot
class ManyTunnelsTest {
    private static final int OCTETS = 100_000;
    private static final int TIMEOUT_MILLIS = 120_000;

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void whatGoesIntoATunnelComesOutOfItAndItsEndIsItsOwn(int count) throws Exception {
        try (TunnelSite site = new TunnelSite()) {
            String before = site.clients().hostState();
            try (EmbeddedServer server = NetworkNamespace.call(
                            site.server().name(),
                            () -> EmbeddedServer.start(
                                    TunnelSite.config(), TunnelSite.INNER, TunnelSite.listen(), line -> {}));
                    ServerSocket far = NetworkNamespace.call(site.server().name(), () -> new ServerSocket(0))) {
                assertThat(server.port()).isEqualTo(TunnelSite.listen().getPort());
                NetworkNamespace.call(site.clients().name(), () -> {
                    use(count, far);
                    return true;
                });
            }
            assertThat(site.clients().hostState()).isEqualTo(before);
        }
    }

    private static void use(int count, ServerSocket far) throws Exception {
        try (TunnelFleet fleet = new TunnelFleet()) {
            fleet.grow(count);
            Set<InetAddress> clients = new HashSet<>();
            for (int tunnel = 0; tunnel < count; tunnel++) {
                clients.add(transfer(tunnel, far));
            }
            assertThat(clients).as("inner addresses of the clients").hasSize(count);

            int first = 0;
            TunnelEvent.Ended ended = fleet.end(first);
            assertThat(ended.failure()).isNull();
            // Its own transfer and nobody else's: each way once, with the headers of IP and TCP.
            assertThat(ended.traffic().octetsSent()).isBetween((long) OCTETS, OCTETS * 3L / 2);
            assertThat(ended.traffic().octetsReceived()).isBetween((long) OCTETS, OCTETS * 3L / 2);
            for (int tunnel = 1; tunnel < count; tunnel++) {
                assertThat(fleet.isUp(tunnel)).as("tunnel %d", tunnel).isTrue();
                transfer(tunnel, far);
            }
        }
    }

    /** Sends octets that the far end sends back. Gives the address that the far end saw. */
    private static InetAddress transfer(int tunnel, ServerSocket listening) throws IOException {
        InetAddress address = TunnelSite.far(tunnel);
        byte[] sent = new byte[OCTETS];
        sent[0] = (byte) tunnel;
        try (Socket near = new Socket()) {
            near.connect(new InetSocketAddress(address, listening.getLocalPort()), TIMEOUT_MILLIS);
            near.setSoTimeout(TIMEOUT_MILLIS);
            try (Socket far = listening.accept()) {
                far.setSoTimeout(TIMEOUT_MILLIS);
                assertThat(far.getLocalAddress()).isEqualTo(address);
                assertThat(far.getInetAddress()).isEqualTo(near.getLocalAddress());
                byte[] arrived = passOn(near, far, sent);
                assertThat(passOn(far, near, arrived)).isEqualTo(sent);
                return far.getInetAddress();
            }
        }
    }

    /** Both ends are served by this thread, so in pieces that the sockets' buffers hold. */
    private static byte[] passOn(Socket from, Socket to, byte[] octets) throws IOException {
        DataOutputStream out = new DataOutputStream(from.getOutputStream());
        DataInputStream in = new DataInputStream(to.getInputStream());
        byte[] arrived = new byte[octets.length];
        int piece = 10_000;
        for (int at = 0; at < octets.length; at += piece) {
            out.write(octets, at, piece);
            in.readFully(arrived, at, piece);
        }
        return arrived;
    }
}
