package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.Offload;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.OwnThread;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.ServerConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the kernel leaves to the interfaces at either end, octets arrive as they were; in full: {@code lab/bench/integrity}. */
@RequiresRoot
class OffloadLevelsTest {
    private static final int OCTETS = 4 << 20;
    private static final int TIMEOUT_MILLIS = 120_000;

    @ParameterizedTest
    @CsvSource({"NONE, NONE", "CHECKSUM, CHECKSUM", "TSO, TSO", "USO, USO", "NONE, USO", "USO, NONE"})
    void whatIsSentBothWaysHasTheSameSha256AtTheOtherEnd(Offload near, Offload far) throws Exception {
        ServerConfig config = TunnelSite.config().with(far);
        try (TunnelSite site = new TunnelSite();
                EmbeddedServer server = NetworkNamespace.call(
                        site.server().name(), () -> EmbeddedServer.start(config, TunnelSite.listen(), line -> {}));
                ServerSocket listening = NetworkNamespace.call(site.server().name(), () -> new ServerSocket(0))) {
            assertThat(server.port()).isEqualTo(TunnelSite.listen().getPort());
            NetworkNamespace.call(site.clients().name(), () -> {
                try (TunnelFleet fleet = new TunnelFleet(near)) {
                    fleet.grow(1);
                    transfer(listening);
                }
                return true;
            });
        }
    }

    private static void transfer(ServerSocket listening) throws Exception {
        byte[] sent = new byte[OCTETS];
        new Random(1).nextBytes(sent);
        String sha256 = HexFormat.of().formatHex(sha256().digest(sent));
        try (Socket near = new Socket()) {
            near.connect(new InetSocketAddress(TunnelSite.far(0), listening.getLocalPort()), TIMEOUT_MILLIS);
            try (Socket far = listening.accept()) {
                CompletableFuture<String> up = CompletableFuture.supplyAsync(() -> received(far), new OwnThread());
                CompletableFuture<String> down = CompletableFuture.supplyAsync(() -> received(near), new OwnThread());
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(far, sent), new OwnThread());
                send(near, sent);
                sending.join();
                assertThat(up.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(sha256);
                assertThat(down.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(sha256);
            }
        }
    }

    private static void send(Socket to, byte[] octets) {
        try {
            to.getOutputStream().write(octets);
            to.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String received(Socket from) {
        try {
            from.setSoTimeout(TIMEOUT_MILLIS);
            DigestInputStream in = new DigestInputStream(from.getInputStream(), sha256());
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() throws Exception {
        return MessageDigest.getInstance("SHA-256");
    }
}
