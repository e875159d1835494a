package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.FrameFilter.Direction;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.junit.jupiter.api.Test;

/**
 * A tunnel that is offered more than it carries, both ways, is still there for who asks whether it is. How soon is counted in
 * frames of the client's own: a slow machine carries fewer of them a second, and answers as much later.
 */
@RequiresRoot
class OverloadTest {
    private static final int WARM_UP_SECONDS = 2;

    /** The flood goes on until so many echoes of each kind have been answered. */
    private static final int ANSWERS = 5;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * So many frames of the client may come before its answer: two queues of some 2000 each, and as much again for each time
     * that an echo does not find room in them.
     */
    private static final int FRAMES = 20_000;

    private static final int FLOOD_OCTETS = 1300;
    private static final int PORT = 9;
    private static final long MUCH = 1_000_000;
    private static final Duration ECHO_IDLE = Duration.ofMillis(500);

    @Test
    void echoesOfBothKindsAreAnsweredBeforeTheQueuesHavePassedUnderFullLoad() throws Exception {
        LinkEchoes link = new LinkEchoes();
        ControlEchoes control = new ControlEchoes(link.frames);
        ServerConfig config = TunnelSite.config()
                .with(Personalities.OURS.but().echoesAfter(ECHO_IDLE).build())
                .with(link);
        try (TunnelSite site = new TunnelSite();
                EmbeddedServer server = NetworkNamespace.call(
                        site.server().name(),
                        () -> EmbeddedServer.start(config, TunnelSite.INNER, TunnelSite.listen(), control))) {
            assertThat(server.port()).isEqualTo(TunnelSite.listen().getPort());
            NetworkNamespace.call(
                    site.clients().name(), () -> flood(site.server(), List.of(link.echoes, control.echoes)));
        }
        link.echoes.check();
        control.echoes.check();
    }

    private static boolean flood(TestNamespace server, List<Echoes> echoes) throws Exception {
        try (TunnelFleet fleet = new TunnelFleet()) {
            fleet.grow(1);
            InetAddress far = TunnelSite.far(0);
            try (DatagramSocket near = new DatagramSocket(PORT);
                    DatagramSocket there = NetworkNamespace.call(
                            server.name(), () -> new DatagramSocket(new InetSocketAddress(far, PORT)))) {
                near.connect(far, PORT);
                there.connect(near.getLocalAddress(), PORT);
                AtomicBoolean over = new AtomicBoolean();
                CompletableFuture<Void> down = inBackground(() -> send(there, over));
                CompletableFuture<Void> up = inBackground(() -> send(near, over));
                Thread.sleep(WARM_UP_SECONDS * 1000L);
                echoes.forEach(Echoes::begin);
                long deadline = System.nanoTime() + LIMIT.toNanos();
                while (!echoes.stream().allMatch(Echoes::areEnough) && System.nanoTime() - deadline < 0) {
                    Thread.sleep(10);
                }
                echoes.forEach(Echoes::end);
                over.set(true);
                CompletableFuture.allOf(up, down).join();
            }
            TunnelEvent.Ended ended = fleet.end(0);
            assertThat(ended.failure()).isNull();
            assertThat(ended.traffic().octetsSent()).as("sent").isGreaterThan(MUCH);
            assertThat(ended.traffic().octetsReceived()).as("received").isGreaterThan(MUCH);
        }
        return true;
    }

    private static CompletableFuture<Void> inBackground(Callable<Void> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static Void send(DatagramSocket socket, AtomicBoolean over) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[FLOOD_OCTETS], FLOOD_OCTETS);
        while (!over.get()) {
            try {
                socket.send(packet);
            } catch (IOException full) {
                Thread.onSpinWait(); // what the queue has no room for is not wanted
            }
        }
        return null;
    }

    /** Questions, which may be lost and are then asked again, and the most frames that passed before the answer to one. */
    private static final class Echoes {
        private final AtomicLong frames;
        private boolean begun;
        private int answered;
        private boolean open;
        private long asked;
        private long longest;

        Echoes(AtomicLong frames) {
            this.frames = frames;
        }

        synchronized void begin() {
            begun = true;
        }

        synchronized boolean areEnough() {
            return answered >= ANSWERS;
        }

        /** No more is asked, so that what is open now may stay so. */
        synchronized void end() {
            begun = false;
            if (open) {
                longest = Math.max(longest, frames.get() - asked);
            }
        }

        synchronized void asked() {
            if (begun && !open) {
                open = true;
                asked = frames.get();
            }
        }

        synchronized void answered() {
            if (begun && open) {
                open = false;
                answered++;
                longest = Math.max(longest, frames.get() - asked);
            }
        }

        synchronized void check() {
            assertThat(answered).as("answered").isGreaterThanOrEqualTo(ANSWERS);
            assertThat(longest).as("frames before the answer of %d", answered).isLessThan(FRAMES);
        }
    }

    /**
     * A server asks only when its link is quiet, which it is not here: every so often a datagram is replaced by an LCP
     * Echo-Request, what follows in the frame being padding (RFC 1661 §5).
     */
    private static final class LinkEchoes implements FrameFilter {
        /** In frames of the client. */
        private static final long EVERY = 500;
        /** MPPE with ever new keys gets over the loss of a datagram of this length or more. */
        private static final int DATAGRAM = 1000;

        private static final int LCP_ECHO_REQUEST = 0xC021_0900;
        private static final int LCP_ECHO_REPLY = 0xC021_0A00;
        private static final int ANY_IDENTIFIER = 0xFFFF_FF00;

        private final AtomicLong frames = new AtomicLong();
        private final Echoes echoes = new Echoes(frames);
        private long next;

        @Override
        public boolean pass(Direction direction, ByteBuf frame) {
            int at = frame.readerIndex();
            if (frame.readableBytes() < 12) {
                return true;
            }
            if (direction == Direction.TO_SERVER) {
                frames.incrementAndGet();
                int start = frame.getUnsignedShort(at) == 0xFF03 ? at + 2 : at;
                if ((frame.getInt(start) & ANY_IDENTIFIER) == LCP_ECHO_REPLY) {
                    echoes.answered();
                }
            } else if (frame.readableBytes() > DATAGRAM && frames.get() >= next) {
                next = frames.get() + EVERY;
                frame.setShort(at, 0xFF03)
                        .setInt(at + 2, LCP_ECHO_REQUEST)
                        .setShort(at + 6, 8)
                        .setInt(at + 8, 0);
                echoes.asked();
            }
            return true;
        }
    }

    /** Reads the server's trace. */
    private static final class ControlEchoes implements Consumer<String> {
        private final Echoes echoes;

        ControlEchoes(AtomicLong frames) {
            echoes = new Echoes(frames);
        }

        @Override
        public void accept(String line) {
            if (line.startsWith("sent [Echo-Request")) {
                echoes.asked();
            } else if (line.startsWith("rcvd [Echo-Reply")) {
                echoes.answered();
            }
        }
    }
}
