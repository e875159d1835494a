package org.jpptp.cli.background;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketPlace;
import org.jpptp.cli.socket.SocketServer;
import org.jpptp.cli.socket.Visitor;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.Rates;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;

/** The tunnel of this process, as others of its user see it: over its control socket, if it has one. */
public final class SharedTunnel implements AutoCloseable {
    /** When it took its name, by {@link Uptime}. */
    private static final String BEGUN = "begun";

    private final String name;
    private final JsonObject process;
    private final @Nullable SocketServer server;
    private final CompletableFuture<TunnelRunner.Tunnel> tunnel = new CompletableFuture<>();
    private final CompletableFuture<JsonObject> over = new CompletableFuture<>();
    private volatile Supplier<List<String>> lines = List::of;
    private volatile JsonObject asked = JsonObject.EMPTY;
    private CompletableFuture<JsonObject> up = new CompletableFuture<>();

    private SharedTunnel(SocketPlace.@Nullable Claim claim, Optional<String> profile) throws IOException {
        this.name = claim == null ? "" : claim.name().text();
        this.process = new JsonObject.Builder()
                .put("pid", ProcessHandle.current().pid())
                .put("program", Version.number())
                .build();
        this.server = claim == null
                ? null
                : SocketServer.start(
                        claim,
                        new JsonObject.Builder()
                                .put("name", name)
                                .putAll(process)
                                .put("profile", profile.orElse(null))
                                .put(BEGUN, Uptime.now())
                                .build(),
                        Asker::new);
    }

    /**
     * One under this name.
     *
     * @param profile the file that it comes from; empty for none
     */
    public static SharedTunnel under(SocketPlace.Claim claim, Optional<String> profile) throws IOException {
        return new SharedTunnel(claim, profile);
    }

    /**
     * Whether a tunnel has begun after a moment.
     *
     * @param greeting of its socket
     * @param moment by {@link Uptime}
     */
    public static boolean hasBegunSince(long moment, JsonObject greeting) {
        return greeting.number(BEGUN) >= moment;
    }

    /** One that nobody can ask. */
    public static SharedTunnel unshared() {
        try {
            return new SharedTunnel(null, Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException(e); // nothing is opened
        }
    }

    /** Who is to be told in the tunnel's place; whoever waits here is told after him. */
    public TunnelListener listening(TunnelListener view) {
        return new Told(view);
    }

    /** Its name, empty for one that nobody can ask. */
    public String name() {
        return name;
    }

    /**
     * The tunnel is about to run.
     *
     * @param settings what it was started with, by {@link org.jpptp.cli.view.AskedJson}
     * @param trace what has happened so far, a line each
     */
    public void serve(TunnelRunner.Tunnel running, JsonObject settings, Supplier<List<String>> trace) {
        asked = settings;
        lines = trace;
        tunnel.complete(running);
    }

    /** It is over, and the host as before: from now on the name is free. */
    public void ended(TunnelEvent.Ended how) {
        release();
        JsonObject ended = StatusJson.ended(how);
        over.complete(ended);
        waitedFor().complete(ended);
    }

    /** From now on the name is free. */
    public void release() {
        if (server != null) {
            server.release();
        }
    }

    private synchronized CompletableFuture<JsonObject> waitedFor() {
        return up;
    }

    private void isUp() {
        CompletableFuture<JsonObject> waiting = waitedFor();
        CompletableFuture<Boolean> unused = document(null).thenApply(waiting::complete);
    }

    private synchronized void isLost() {
        if (up.isDone()) {
            up = new CompletableFuture<>();
        }
    }

    private CompletableFuture<JsonObject> document(@Nullable Rates rates) {
        return tunnel.thenCompose(TunnelRunner.Tunnel::status).thenApply(status -> document(status, rates));
    }

    private JsonObject document(TunnelStatus status, @Nullable Rates rates) {
        return StatusJson.of(
                name,
                process,
                asked,
                status,
                System.currentTimeMillis(),
                rates == null ? null : rates.since(status.traffic(), System.nanoTime()));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    /** One who asks. */
    private final class Asker implements Visitor {
        private final Rates rates = new Rates();

        @Override
        public CompletableFuture<JsonObject> status() {
            return document(rates);
        }

        @Override
        public CompletableFuture<JsonObject> trace() {
            return CompletableFuture.completedFuture(JsonObject.of("trace", lines.get()));
        }

        @Override
        public CompletableFuture<JsonObject> up() {
            // One that is ending was up, and is not any more.
            return tunnel.thenCompose(TunnelRunner.Tunnel::status)
                    .thenCompose(status -> isEnding(status) ? over : waitedFor());
        }

        private boolean isEnding(TunnelStatus status) {
            return status.state() == TunnelStatus.State.ENDING || status.state() == TunnelStatus.State.DOWN;
        }

        @Override
        public CompletableFuture<JsonObject> down() {
            return tunnel.thenCompose(running -> {
                running.disconnect();
                return over;
            });
        }
    }

    /** Passes everything on, and sees what the tunnel comes to. */
    private final class Told extends ForwardingListener {
        private final Milestones milestones = new Milestones(SharedTunnel.this::isUp, SharedTunnel.this::isLost);

        Told(TunnelListener view) {
            super(view);
        }

        @Override
        public void event(TunnelEvent event) {
            super.event(event);
            event.match(milestones);
        }
    }
}
