package org.jpptp.cli.tunnel;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jpptp.cli.command.Cli;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.TestNamespace;
import org.jspecify.annotations.Nullable;

/**
 * {@code jpptp connect} on a thread of this process, in a namespace: sockets, packets, host and exit code are those of a
 * process of its own, without the start of a JVM, and so are its events to be heard.
 */
final class Attempt implements AutoCloseable {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<TunnelEvent> events = new ArrayList<>();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private final CompletableFuture<TunnelRunner.Tunnel> tunnel = new CompletableFuture<>();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private volatile Duration took = Duration.ZERO;

    private Attempt() {}

    /** Starts it for user alice. */
    static Attempt to(String server, TestNamespace from, String password, String... more) {
        Attempt attempt = new Attempt();
        Thread thread = new Thread(() -> attempt.run(server, from, password, more), "connect-" + from.name());
        thread.setDaemon(true);
        thread.start();
        return attempt;
    }

    private void run(String server, TestNamespace from, String password, String... more) {
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                Map.of("JPPTP_PASSWORD", password, "HOME", "/nonexistent"));
        String[] arguments = Stream.concat(Stream.of("connect", server, "-u", "alice"), Stream.of(more))
                .toArray(String[]::new);
        try {
            code.complete(NetworkNamespace.call(
                    from.name(),
                    () -> new Cli(Attempt.class, new Runner(), streams, new Foreground(streams)).run(arguments)));
        } catch (Exception e) {
            code.completeExceptionally(e);
        } finally {
            took = Duration.ofNanos(System.nanoTime() - begun);
            up.complete(false);
        }
    }

    /** Waits until the tunnel is up. */
    void awaitUp() {
        if (!get(up)) {
            throw new AssertionError("it did not come up: " + err());
        }
    }

    /** Ends the tunnel as its user would. */
    void end() {
        get(tunnel).disconnect();
    }

    /** Its exit code, once it has ended. */
    int awaitExit() {
        return get(code);
    }

    /** How long it took from its start to its exit code. */
    Duration took() {
        get(code);
        return took;
    }

    /** What it said on standard error. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What has happened so far. */
    List<TunnelEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Why the tunnel ended; null where its user ended it, or none was begun. */
    @Nullable
    Failure failure() {
        for (TunnelEvent event : events()) {
            if (event instanceof TunnelEvent.Ended ended) {
                return ended.failure();
            }
        }
        return null;
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        if (!code.isDone() && tunnel.isDone()) {
            end();
        }
        get(code);
    }

    private static <T> T get(CompletableFuture<T> what) {
        try {
            return what.get(Connect.LONG.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private final class Runner implements TunnelRunner {
        @Override
        public Optional<Failure> preflight(NetworkSettings wanted, Logs logs) {
            return ClientTunnel.RUNNER.preflight(wanted, logs);
        }

        @Override
        public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
            Tunnel prepared = ClientTunnel.RUNNER.prepare(config, new Listener(listener), secrets);
            tunnel.complete(prepared);
            return prepared;
        }
    }

    private final class Listener extends ForwardingListener {
        Listener(TunnelListener view) {
            super(view);
        }

        @Override
        public void event(TunnelEvent event) {
            super.event(event);
            synchronized (events) {
                events.add(event);
            }
            if (event instanceof TunnelEvent.TunnelUp) {
                up.complete(true);
            }
        }
    }
}
