package org.jpptp.cli.socket;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jpptp.cli.json.JsonObject;

/** Serves a tunnel's socket, on one thread that is not the tunnel's. Nothing that others do there makes anything wait. */
public final class SocketServer implements AutoCloseable {
    private static final int MOST_LINES = 16;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
    /** When to look for connections that nobody uses. */
    private static final long LOOK_MILLIS = 20_000;
    /** How long the last answers may take to be read. */
    private static final long LAST_NANOS = Duration.ofMillis(500).toNanos();

    private static final long LAST_MILLIS = 20;

    private final SocketPlace.Claim claim;
    private final JsonObject greeting;
    private final Supplier<Visitor> visitors;
    private final Selector selector;
    private final PeerUser users;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Line> lines = new ArrayList<>();
    private final Thread thread = new Thread(this::serve, "jpptp-control");
    private volatile boolean closing;

    private SocketServer(SocketPlace.Claim claim, JsonObject greeting, Supplier<Visitor> visitors) throws IOException {
        this.claim = claim;
        this.greeting = greeting;
        this.visitors = visitors;
        this.users = PeerUser.ownerOf(claim.file());
        this.selector = Selector.open();
    }

    /**
     * Serves.
     *
     * @param greeting what is told of the tunnel in the first line
     * @param visitors one for each connection
     */
    public static SocketServer start(SocketPlace.Claim claim, JsonObject greeting, Supplier<Visitor> visitors)
            throws IOException {
        SocketServer server = new SocketServer(claim, greeting, visitors);
        ServerSocketChannel channel = claim.channel();
        channel.configureBlocking(false);
        channel.register(server.selector, SelectionKey.OP_ACCEPT);
        server.thread.setDaemon(true);
        server.thread.start();
        return server;
    }

    private void serve() {
        try {
            while (!closing) {
                selector.select(LOOK_MILLIS);
                turn();
            }
            long end = System.nanoTime() + LAST_NANOS;
            turn();
            while (lines.stream().anyMatch(Line::hasUnsent) && System.nanoTime() - end < 0) {
                selector.select(LAST_MILLIS);
                turn();
            }
        } catch (IOException e) {
            // The selector is broken: nobody is answered any more, and the tunnel goes on.
        } finally {
            lines.forEach(Line::end);
            release();
        }
    }

    private void turn() throws IOException {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        long now = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Line line) {
                line.ready(now);
            } else if (key.isValid() && key.isAcceptable()) {
                accept(now);
            }
        }
        selector.selectedKeys().clear();
        lines.removeIf(line -> {
            if (line.isIdleSince(now - PATIENCE_NANOS)) {
                line.end();
            }
            return !line.isOpen();
        });
    }

    private void accept(long now) throws IOException {
        SocketChannel channel = claim.channel().accept();
        if (channel == null) {
            return;
        }
        if (lines.size() >= MOST_LINES || !users.isAllowed(channel)) {
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Line line = new Line(channel, key, this::execute, greeting, visitors.get(), now);
        key.attach(line);
        lines.add(line);
        line.flush();
    }

    private void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Lets another tunnel have the name; who is connected still gets answers. */
    public void release() {
        try {
            claim.close();
        } catch (IOException e) {
            // The next tunnel of this name finds a socket without an owner.
        }
    }

    /** What was answered before is still sent. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        selector.wakeup();
        try {
            thread.join(2 * Duration.ofNanos(LAST_NANOS).toMillis());
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Nothing is selected any more.
        }
    }
}
