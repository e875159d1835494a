package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.client.tunnel.PptpClient;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.ppp.Credentials;
import org.junit.jupiter.api.Test;

/**
 * A tunnel on this machine that is connected once more, again and again: the process has no more descriptors and threads at the
 * end, and the host nothing that it had not. The system property {@code reconnections} says how often, 30 unless given; what
 * is counted is printed.
 */
class ReconnectionsTest implements TunnelListener {
    private static final int TIMES = Integer.getInteger("reconnections", 30);
    private static final int WARM_UP = 10;
    private static final long PATIENCE_SECONDS = 180;

    private final LinkedBlockingQueue<TunnelEvent.TunnelUp> ups = new LinkedBlockingQueue<>();

    @Override
    public void event(TunnelEvent event) {
        if (event instanceof TunnelEvent.TunnelUp up) {
            ups.add(up);
        }
    }

    /** What a process has. */
    private record Holding(long descriptors, KeptThreads threads, long heapOctets, long residentKib) {
        static Holding now() throws IOException, InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(200);
            }
            Runtime runtime = Runtime.getRuntime();
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Holding(
                        open.count(), KeptThreads.now(), runtime.totalMemory() - runtime.freeMemory(), resident());
            }
        }

        private static long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void nothingGrows() throws Exception {
        try (TunnelSite site = new TunnelSite()) {
            String before = site.clients().hostState();
            try (EmbeddedServer server = NetworkNamespace.call(
                            site.server().name(),
                            () -> EmbeddedServer.start(
                                    TunnelSite.config(), TunnelSite.INNER, TunnelSite.listen(), line -> {}));
                    ServerSocket far = NetworkNamespace.call(site.server().name(), () -> new ServerSocket(0))) {
                assertThat(server.port()).isEqualTo(TunnelSite.listen().getPort());
                NetworkNamespace.call(site.clients().name(), () -> {
                    reconnect(site, far);
                    return true;
                });
            }
            assertThat(site.clients().hostState()).isEqualTo(before);
        }
    }

    private void reconnect(TunnelSite site, ServerSocket far) throws Exception {
        ClientConfig config = ClientConfig.to(
                        TunnelSite.listen().getHostString(),
                        new Credentials(TunnelSite.USER, TunnelSite.PASSWORD.toCharArray()))
                .with(NetworkSettings.DEFAULT.withRoutes(List.of(Cidr.host(TunnelSite.far(0)))))
                .with(ReconnectSettings.on(ReconnectSettings.Mode.FAIL_CLOSED));
        PptpClient client = new PptpClient(new LinuxHost(), config, this);
        CompletableFuture<TunnelEvent.Ended> running = new CompletableFuture<>();
        Thread runner = new Thread(() -> running.complete(client.run()), "tunnel");
        runner.start(); // in the network namespace of this thread
        try {
            again(client, site, far);
        } finally {
            client.disconnect();
            runner.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
        TunnelEvent.Ended ended = running.getNow(null);
        assertThat(ended).as("the end of the tunnel").isNotNull();
        assertThat(ended.failure()).isNull();
    }

    private void again(PptpClient client, TunnelSite site, ServerSocket far) throws Exception {
        carries(0, far);
        again(client, far, 1, WARM_UP);
        String state = withoutAddresses(site);
        Holding first = Holding.now();
        long started = System.nanoTime();
        again(client, far, WARM_UP + 1, WARM_UP + TIMES);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        Holding last = Holding.now();
        System.out.println(TIMES + " reconnections in " + took.toMillis() + " ms: " + first + " -> " + last);
        assertThat(last.descriptors()).isEqualTo(first.descriptors());
        assertThat(last.threads().without(first.threads())).as("threads").isEmpty();
        assertThat(withoutAddresses(site)).isEqualTo(state);
    }

    /** The server gives another inner address each time. */
    private static String withoutAddresses(TunnelSite site) {
        return site.clients().hostState().replaceAll("10\\.77\\.\\d+\\.\\d+", "10.77.x.x");
    }

    private void again(PptpClient client, ServerSocket far, int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            client.reconnect();
            carries(i, far);
        }
    }

    private void carries(int reconnections, ServerSocket far) throws Exception {
        TunnelEvent.TunnelUp up = ups.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(up).isNotNull();
        assertThat(up.reconnections()).isEqualTo(reconnections);
        try (Socket near = new Socket()) {
            near.connect(new InetSocketAddress(TunnelSite.far(0), far.getLocalPort()), (int)
                    TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            far.accept().close();
        }
    }
}
