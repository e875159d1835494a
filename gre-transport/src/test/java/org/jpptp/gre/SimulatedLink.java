package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;

/** Two tunnels and a bad path between them, in virtual time. Payloads are numbers, counted from 0 on either side. */
final class SimulatedLink {
    private static final long MILLI = 1_000_000L;

    /** How bad the path is; shares from 0 to 1, delays from 1 ms to the longest. */
    record Path(double loss, double duplication, double corruption, int longestDelayMillis) {}

    private record Arrival(long at, long order, Side to, ByteBuf datagram) {}

    final class Side implements GreOutput {
        final List<Integer> delivered = new ArrayList<>();
        final GreTunnel tunnel;
        private final Inet4Address peer;
        private final GreDatagram socket;
        int sent;

        Side(Inet4Address peer, GreConfig config, int firstSequence) {
            this.peer = peer;
            this.socket = new GreDatagram(peer);
            tunnel = new GreTunnel(config, this, firstSequence);
        }

        void sendNext() {
            tunnel.send(Unpooled.buffer(20).writeZero(16).readerIndex(16).writeInt(sent++), now);
        }

        @Override
        public void transmit(ByteBuf packet) {
            if (random.nextDouble() < path.loss) {
                return;
            }
            Side to = this == left ? right : left;
            int copies = random.nextDouble() < path.duplication ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                ByteBuf datagram = GrePackets.datagram(to.peer, packet);
                if (random.nextDouble() < path.corruption) {
                    // In the headers only: what a payload carries is no matter of the tunnel's.
                    datagram.setByte(random.nextInt(28), random.nextInt(256));
                }
                long delay = MILLI + (long) (random.nextDouble() * (path.longestDelayMillis - 1) * MILLI);
                arrivals.add(new Arrival(now + delay, order++, to, datagram));
            }
        }

        @Override
        public Trust deliver(ByteBuf frame, int sequence, long now) {
            if (frame.readableBytes() != 4) {
                return Trust.REFUSED;
            }
            delivered.add(frame.getInt(frame.readerIndex()));
            return Trust.UNPROVEN;
        }
    }

    private final Random random;
    private final Path path;
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>((a, b) -> {
        int byTime = Long.signum(a.at - b.at);
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    });
    private long order;
    private long now;
    final Side left;
    final Side right;

    SimulatedLink(long seed, Path path, int firstSequence) {
        this.random = new Random(seed);
        this.path = path;
        this.now = random.nextLong(); // the origin of time is arbitrary
        left = new Side(
                GrePackets.RIGHT, GreConfig.standard(GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), firstSequence);
        right = new Side(
                GrePackets.LEFT, GreConfig.standard(GrePackets.RIGHT_CALL, GrePackets.LEFT_CALL), firstSequence);
    }

    /** Either side sends so many payloads, about one a millisecond; then everything under way arrives. */
    void run(int payloads) {
        for (int i = 0; i < payloads; i++) {
            left.sendNext();
            right.sendNext();
            advanceTo(now + (long) (random.nextDouble() * 2 * MILLI));
        }
        advanceTo(now + 1000 * MILLI);
    }

    private void advanceTo(long end) {
        while (true) {
            long next = end;
            if (!arrivals.isEmpty()) {
                next = earlier(next, arrivals.element().at);
            }
            next = earlier(next, wakeUp(left));
            next = earlier(next, wakeUp(right));
            now = next - now > 0 ? next : now;
            if (now == end) {
                return;
            }
            left.tunnel.onDeadline(now);
            right.tunnel.onDeadline(now);
            while (!arrivals.isEmpty() && arrivals.element().at - now <= 0) {
                Arrival arrival = arrivals.remove();
                if (arrival.to.socket.unwrap(arrival.datagram) == GreDatagram.Result.OK) {
                    arrival.to.tunnel.receive(arrival.datagram, GreHeader.callId(arrival.datagram), now);
                }
                if (arrivals.isEmpty() || arrivals.element().to != arrival.to || arrivals.element().at != now) {
                    arrival.to.tunnel.batchEnd(now);
                }
            }
        }
    }

    private long wakeUp(Side side) {
        long deadline = side.tunnel.deadlineNanos();
        return deadline == Long.MAX_VALUE ? now + 3_600_000 * MILLI : deadline;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
