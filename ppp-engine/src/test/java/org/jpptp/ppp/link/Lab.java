package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.text.PacketText;
import org.jspecify.annotations.Nullable;

/** Two ends of a link, the line between them, and a clock that jumps from one event to the next. */
final class Lab {
    /** What happens to a frame on its way. */
    interface Line {
        /**
         * Carries a frame.
         *
         * @param toServer the direction
         * @return what arrives, null for nothing
         */
        byte @Nullable [] carry(boolean toServer, byte[] frame);
    }

    private static final boolean TO_CLIENT = false;
    private static final long DELAY = Duration.ofMillis(10).toNanos();

    /** One end: what it sends goes onto the line, what it tells is kept. */
    final class End implements PppOutput, PppTrace {
        final String name;
        final PppLink link;
        final List<PppEvent> events = new ArrayList<>();
        final List<byte[]> delivered = new ArrayList<>();
        final List<byte[]> sent = new ArrayList<>();

        End(String name, PppConfig config) {
            this.name = name;
            link = new PppLink(config, new Random(seed * 2 + (name.equals("client") ? 1 : 0)), this, this);
        }

        @Override
        public void sendFrame(ByteBuf frame, long time) {
            if (frame.readerIndex() < PppLink.FRAME_HEADROOM) {
                throw new AssertionError("only " + frame.readerIndex() + " octets of head-room");
            }
            byte[] octets = ByteBufUtil.getBytes(frame);
            sent.add(octets);
            put(this == client, octets);
        }

        @Override
        public void deliverDatagram(ByteBuf datagram) {
            delivered.add(ByteBufUtil.getBytes(datagram));
        }

        @Override
        public void event(PppEvent event, long time) {
            events.add(event);
            log(name + " ** " + event);
        }

        @Override
        public void sent(int protocol, ByteBuf packet) {
            log(name + " sent [" + PacketText.describe(protocol, packet) + "]");
        }

        @Override
        public void received(int protocol, ByteBuf packet) {}

        @Override
        public void note(String why) {
            log(name + " -- " + why);
        }

        @Override
        public void ends(PppFailure why) {
            log(name + " -- the link ends: " + why);
        }

        @Override
        public void goesOnWithout(Omitted what, PppFailure why) {
            log(name + " -- goes on without " + what + ": " + why);
        }

        boolean up() {
            return failure() == null && events.stream().anyMatch(event -> event instanceof PppEvent.NetworkUp);
        }

        @Nullable
        PppFailure failure() {
            return events.stream()
                    .filter(event -> event instanceof PppEvent.Down)
                    .map(event -> ((PppEvent.Down) event).failure())
                    .findFirst()
                    .orElse(null);
        }

        /** Sends an IPv4 datagram whose octets behind the header are the payload. */
        boolean send(byte[] payload) {
            ByteBuf datagram = Datagrams.ipv4(payload);
            return link.send(datagram, now);
        }

        void receive(byte[] frame) {
            receive(frame, number(this == server));
        }

        /** The same with a number that the other end may not have used. */
        void receive(byte[] frame, int number) {
            link.receive(Unpooled.wrappedBuffer(frame.clone()), number, now);
        }
    }

    private record Arrival(long at, long order, boolean toServer, int number, ByteBuf frame) {}

    final End client;
    final End server;
    final List<String> log = new ArrayList<>();
    Line line = (toServer, frame) -> frame;
    double loss;
    double duplication;
    double reordering;
    /** Which frames are lost, duplicated and reordered. */
    Predicate<byte[]> faulty = frame -> true;

    private final long seed;
    private final long epoch;
    private final Random faults;
    private final PriorityQueue<Arrival> queue = new PriorityQueue<>(
            (one, other) -> one.at == other.at ? Long.compare(one.order, other.order) : Long.signum(one.at - other.at));
    private long order;
    /** How many frames were sent so far, as a transport numbers them: to the client, to the server. */
    private final int[] numbers = new int[2];

    long now;

    Lab(PppConfig client, PppConfig server, long seed) {
        this(client, server, seed, 0);
    }

    Lab(PppConfig client, PppConfig server, long seed, long epoch) {
        this.seed = seed;
        this.epoch = epoch;
        this.now = epoch;
        this.faults = new Random(seed);
        this.client = new End("client", client);
        this.server = new End("server", server);
    }

    private int number(boolean toServer) {
        return numbers[toServer ? 1 : 0]++;
    }

    /** Puts a frame onto the line. */
    void put(boolean toServer, byte[] frame) {
        int number = number(toServer);
        byte[] carried = line.carry(toServer, frame);
        boolean may = carried != null && faulty.test(carried);
        if (carried == null || (faults.nextDouble() < loss && may)) {
            return;
        }
        int copies = faults.nextDouble() < duplication && may ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long late = faults.nextDouble() < reordering && may ? faults.nextLong(10 * DELAY) : 0;
            queue.add(new Arrival(now + DELAY + late, order++, toServer, number, Unpooled.copiedBuffer(carried)));
        }
    }

    void putToClient(byte[] frame) {
        put(TO_CLIENT, frame);
    }

    Lab open() {
        client.link.open(now);
        server.link.open(now);
        return this;
    }

    /** Runs for a time. */
    Lab run(Duration time) {
        return run(time, () -> false);
    }

    /** Runs for a time, or until something holds. */
    Lab run(Duration time, BooleanSupplier until) {
        long end = now + time.toNanos();
        while (!until.getAsBoolean()) {
            long next = end;
            Arrival arrival = queue.peek();
            if (arrival != null && arrival.at - next < 0) {
                next = arrival.at;
            }
            for (End peer : List.of(client, server)) {
                long deadline = peer.link.deadlineNanos();
                if (deadline != Long.MAX_VALUE && deadline - next < 0) {
                    next = deadline;
                }
            }
            if (next - now > 0) {
                now = next;
            }
            if (now - end >= 0) {
                return this;
            }
            if (arrival != null && arrival.at - now <= 0) {
                queue.remove();
                End to = arrival.toServer ? server : client;
                to.link.receive(arrival.frame, arrival.number, now);
            } else {
                client.link.onDeadline(now);
                server.link.onDeadline(now);
            }
        }
        return this;
    }

    /** Runs until both are up or down. */
    Lab runUntilSettled() {
        return run(
                Duration.ofMinutes(10),
                () -> (client.up() || client.failure() != null) && (server.up() || server.failure() != null));
    }

    private void log(String what) {
        log.add(String.format(Locale.ROOT, "%7.3f %s", (now - epoch) / 1e9, what));
    }
}
