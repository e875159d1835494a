package org.jpptp.lab.tunnels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jpptp.client.net.linux.NetworkNamespace;

/** TCP connections through tunnels, all of them full at the same time. */
final class TunnelLoad implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    /** What a thread waits for at most before it looks whether it is over. */
    private static final long POLL_MILLIS = 50;

    private final List<SocketChannel> near = new ArrayList<>();
    private final List<SocketChannel> far = new ArrayList<>();

    /**
     * Connects.
     *
     * @param connections how many there are, spread evenly over the first {@code tunnels} tunnels
     */
    TunnelLoad(TunnelSite site, int tunnels, int connections) throws Exception {
        try (ServerSocketChannel listening = NetworkNamespace.call(site.server().name(), ServerSocketChannel::open)) {
            listening.bind(null);
            int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
            NetworkNamespace.call(site.clients().name(), () -> {
                for (int connection = 0; connection < connections; connection++) {
                    near.add(SocketChannel.open(new InetSocketAddress(TunnelSite.far(connection % tunnels), port)));
                    far.add(listening.accept());
                }
                return null;
            });
        }
    }

    /** Which way the octets go. */
    enum Direction {
        UP,
        DOWN
    }

    /** Tells what processor time, in nanoseconds, a process has used since it was started. */
    interface Processor {
        long nanos() throws IOException;
    }

    /**
     * What came of a load.
     *
     * @param megabits that arrived a second
     * @param processor seconds that it took for each Gbit
     */
    record Got(double megabits, double processor) {}

    /**
     * Loads all connections in one direction, and measures after the warm-up.
     *
     * @param processor of the process whose processor time counts
     */
    Got load(Direction direction, int warmUpSeconds, int seconds, Processor processor) throws Exception {
        AtomicLong arrived = new AtomicLong();
        try (Pump sender = new Pump(direction == Direction.UP ? near : far, SelectionKey.OP_WRITE, new AtomicLong());
                Pump receiver = new Pump(direction == Direction.UP ? far : near, SelectionKey.OP_READ, arrived)) {
            sender.start();
            receiver.start();
            Thread.sleep(warmUpSeconds * 1000L);
            long usedBefore = processor.nanos();
            long before = arrived.get();
            long begin = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            double bits = (arrived.get() - before) * 8.0;
            long nanos = System.nanoTime() - begin;
            long used = processor.nanos() - usedBefore;
            return new Got(bits * 1e3 / nanos, used / bits); // nanoseconds a bit are seconds a Gbit
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : near) {
            channel.close();
        }
        for (SocketChannel channel : far) {
            channel.close();
        }
    }

    /** A thread that writes, or reads, whatever the connections take or have. */
    private static final class Pump implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        private final int operation;
        private final AtomicLong octets;
        private final Thread thread = new Thread(this::run, "pump");
        private volatile boolean over;

        Pump(List<SocketChannel> channels, int operation, AtomicLong octets) throws IOException {
            this.operation = operation;
            this.octets = octets;
            for (SocketChannel channel : channels) {
                channel.configureBlocking(false);
                channel.register(selector, operation);
            }
        }

        void start() {
            thread.start();
        }

        private void run() {
            try {
                while (!over) {
                    selector.select(key -> octets.addAndGet(pass((SocketChannel) key.channel())), POLL_MILLIS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int pass(SocketChannel channel) {
            try {
                chunk.clear();
                return Math.max(0, operation == SelectionKey.OP_READ ? channel.read(chunk) : channel.write(chunk));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            over = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            selector.close(); // the connections can be used again in the other direction
        }
    }
}
