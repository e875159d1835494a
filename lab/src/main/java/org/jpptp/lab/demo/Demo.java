package org.jpptp.lab.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.client.tunnel.PptpClient;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Shows a tunnel: an embedded server and a client in two network namespaces, a real raw socket and a real TUN interface
 * on each side, a few pings and some megabytes through it, and everything removed again.
 */
public final class Demo {
    private static final String USER = "demo";
    private static final String PASSWORD = "correct horse";
    private static final String INNER_SERVER = "192.168.77.1";
    private static final String INNER_CLIENT = "192.168.77.10";
    private static final String INNER_NETWORK = "192.168.77.0/24";
    private static final int PINGS = 5;
    private static final int TRAFFIC_SECONDS = 60;

    private final PrintStream out;
    private final TunnelListener view;
    private final Personality personality;
    private final long octets;
    private final CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();

    /**
     * @param out where the demonstration speaks
     * @param view shows the client's progress
     * @param personality whose ways the server has
     * @param mebibytes how much is sent each way
     */
    public Demo(PrintStream out, TunnelListener view, Personality personality, int mebibytes) {
        this.out = out;
        this.view = view;
        this.personality = personality;
        this.octets = (long) mebibytes << 20;
    }

    /**
     * Runs it; blocks until everything is removed again.
     *
     * @return null when all went well
     */
    public @Nullable Failure run() {
        out.println("A server and a client in two network namespaces; nothing leaves this machine.");
        try (DemoNetwork network = DemoNetwork.make(ProcessHandle.current().pid(), this::trace)) {
            return between(network);
        } catch (HostChangeException e) {
            return e.failure();
        } catch (Exception e) {
            return broken(e);
        }
    }

    /** Ends it early, from any thread; {@link #run} then returns within 5 s. */
    public void stop() {
        stop.complete(null);
    }

    private void trace(String line) {
        if (view.traces(TunnelListener.Detail.DECISIONS)) {
            view.trace(TunnelListener.Detail.DECISIONS, line);
        }
    }

    private @Nullable Failure between(DemoNetwork network) throws Exception {
        InetSocketAddress listen =
                new InetSocketAddress(InetAddress.getByName(DemoNetwork.SERVER_ADDRESS), ServerSettings.DEFAULT_PORT);
        try (EmbeddedServer server = NetworkNamespace.call(
                network.server(), () -> EmbeddedServer.start(serverConfig(), listen, line -> {}))) {
            String ways = personality.equals(Personalities.OURS) ? "" : ", in the ways of " + personality.title();
            String options = personality.client().options();
            out.println("Server at " + DemoNetwork.SERVER_ADDRESS + ":" + server.port() + ways + ", user " + USER
                    + ". Now the client does what this command does:");
            out.println();
            out.println("$ jpptp connect " + DemoNetwork.SERVER_ADDRESS + " -u " + USER
                    + (options.isEmpty() ? "" : " " + options) + " --route " + INNER_NETWORK);
            return NetworkNamespace.call(network.client(), () -> connect(network));
        }
    }

    private @Nullable Failure connect(DemoNetwork network) throws Exception {
        CompletableFuture<@Nullable Void> traffic = new CompletableFuture<>();
        CompletableFuture<PptpClient> started = new CompletableFuture<>();
        PptpClient client = new PptpClient(
                new LinuxHost(),
                clientConfig(),
                new DemoListener(
                        view,
                        () -> new Thread(() -> useTunnel(network, started.join(), traffic), "demo-traffic").start()));
        started.complete(client);
        CompletableFuture<@Nullable Void> unused = stop.thenRun(client::disconnect);
        TunnelEvent.Ended ended = client.run();
        if (ended.failure() != null) {
            return ended.failure();
        }
        if (stop.isDone()) {
            return Failure.of(FailureReason.INTERRUPTED, "Stopped before the demonstration was over.", "");
        }
        traffic.get(1, TimeUnit.SECONDS);
        out.println();
        out.println("It works. Both namespaces, their interfaces and routes are gone again.");
        return null;
    }

    private void useTunnel(DemoNetwork network, PptpClient client, CompletableFuture<@Nullable Void> traffic) {
        try {
            send(network);
            traffic.complete(null);
        } catch (Exception e) {
            traffic.completeExceptionally(e);
        } finally {
            client.disconnect();
        }
    }

    private void send(DemoNetwork network) throws Exception {
        out.println();
        pings(network);
        ServerSocket far = NetworkNamespace.call(network.server(), () -> new ServerSocket(0));
        try (far) {
            CompletableFuture<@Nullable Void> served = new CompletableFuture<>();
            Thread server = new Thread(
                    () -> {
                        try {
                            Traffic.serve(far, octets);
                            served.complete(null);
                        } catch (IOException e) {
                            served.completeExceptionally(e);
                        }
                    },
                    "demo-server-traffic");
            server.start();
            InetSocketAddress address = new InetSocketAddress(INNER_SERVER, far.getLocalPort());
            show("up", NetworkNamespace.call(network.client(), () -> Traffic.up(address, octets)));
            show("down", NetworkNamespace.call(network.client(), () -> Traffic.down(address, octets)));
            served.get(TRAFFIC_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void pings(DemoNetwork network) throws Exception {
        InetAddress inner = InetAddress.getByName(INNER_SERVER);
        Duration[] answers = NetworkNamespace.call(network.client(), () -> Traffic.ping(inner, PINGS));
        if (answers.length == 0) {
            throw new IOException("none of " + PINGS + " pings was answered");
        }
        Arrays.sort(answers);
        out.printf(
                "  ping  %s through the tunnel: %d of %d answered, median %.2f ms%n",
                INNER_SERVER, answers.length, PINGS, answers[answers.length / 2].toNanos() / 1e6);
    }

    private void show(String direction, Traffic.Transfer transfer) throws IOException {
        out.printf(
                "  %-5s %d MiB over TCP in %.2f s, %.0f Mbit/s, SHA-256 %s… %s%n",
                direction,
                transfer.octets() >> 20,
                transfer.took().toNanos() / 1e9,
                transfer.megabitsPerSecond(),
                transfer.sha256().substring(0, 4),
                transfer.equal() ? "equal at both ends" : "DIFFERENT at the other end");
        if (!transfer.equal()) {
            throw new IOException("the octets that arrived are not those that were sent");
        }
    }

    private static Failure broken(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String what = cause instanceof TimeoutException ? "it did not end in time" : String.valueOf(cause.getMessage());
        return Failure.of(
                FailureReason.INTERNAL,
                "The demonstration failed: " + what + ".",
                "Run it again with -vv and report what it shows.");
    }

    private ServerConfig serverConfig() throws UnknownHostException {
        Credentials credentials = new Credentials(USER, PASSWORD.toCharArray());
        AuthRole.Account account = new AuthRole.Account(credentials, 0);
        return ServerConfig.standard(
                        name -> name.equals(USER) ? account : null,
                        address(INNER_SERVER),
                        List.of(address(INNER_CLIENT)))
                .with(personality);
    }

    private ClientConfig clientConfig() {
        return ClientConfig.to(DemoNetwork.SERVER_ADDRESS, new Credentials(USER, PASSWORD.toCharArray()))
                .with(personality.client().policy())
                .with(NetworkSettings.DEFAULT.withRoutes(
                        List.of(Cidr.parse(INNER_NETWORK).orElseThrow())));
    }

    private static Inet4Address address(String literal) throws UnknownHostException {
        return (Inet4Address) InetAddress.getByName(literal);
    }
}
