package org.jpptp.ppp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two automatons with a line between them, in order, that takes its time. */
class RestartTimerTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final Duration LONG = Duration.ofMinutes(2);

    private record Event(long at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long order;
    private long now;
    private long oneWay;

    /** Agrees to everything. */
    private static final class Agreeable implements OptionPolicy {
        @Override
        public void start() {}

        @Override
        public List<ConfigOption> request() {
            return List.of(ConfigOption.ofShort(1, 1400));
        }

        @Override
        public Verdict judge(List<ConfigOption> request, boolean mayNak) {
            return new Verdict.Ack();
        }

        @Override
        public @Nullable PppFailure nakked(List<ConfigOption> suggested) {
            return null;
        }

        @Override
        public @Nullable PppFailure rejected(List<ConfigOption> refused) {
            return null;
        }

        @Override
        public String why(ConfigOption option) {
            return "of the test";
        }

        @Override
        public boolean knows(int code) {
            return false;
        }

        @Override
        public PppFailure gaveUp(GaveUp why, Negotiation seen) {
            return new LinkFailure.LcpTimeout(seen);
        }
    }

    private final class End implements FsmOutput {
        final OptionFsm fsm;
        private @Nullable End peer;
        private boolean starts;
        /** Requests that are discarded still. */
        private int deaf;

        int ups;
        int downs;
        long upAt;

        End(RoundTrip trip) {
            fsm = new OptionFsm(PppProtocol.LCP, new Agreeable(), PppTiming.DEFAULT, trip, 1, this);
        }

        void begin(End other, int ignoring, long after) {
            peer = other;
            deaf = ignoring;
            later(after, () -> {
                starts = true;
                fsm.open(now);
                fsm.up(now);
            });
        }

        @Override
        public void send(ByteBuf packet, long at) {
            ByteBuf copy = Unpooled.copiedBuffer(packet);
            End to = peer;
            later(oneWay, () -> {
                boolean request = copy.getByte(copy.readerIndex()) == ControlPacket.CONFIGURE_REQUEST;
                if (to != null && to.starts && !(request && to.deaf-- > 0)) {
                    to.fsm.receive(copy, now);
                }
            });
        }

        @Override
        public void note(String why) {}

        @Override
        public void up(long at) {
            ups++;
            upAt = at;
        }

        @Override
        public void down(long at) {
            downs++;
        }

        @Override
        public void finished(long at) {}

        @Override
        public void failed(PppFailure failure, long at) {
            throw new AssertionError(failure.toString());
        }

        @Override
        public void terminated(ByteBuf reason, long at) {}

        @Override
        public void extension(ControlPacket packet, long at) {}

        @Override
        public void codeRejected(int code) {}
    }

    private void later(long delay, Runnable what) {
        events.add(new Event(now + delay, order++, what));
    }

    private void run(End one, End other) {
        long stop = now + LONG.toNanos();
        while (now < stop) {
            long next = events.isEmpty() ? stop : events.peek().at();
            next = Math.min(next, Math.min(one.fsm.deadlineNanos(), other.fsm.deadlineNanos()));
            now = Math.min(stop, next);
            while (!events.isEmpty() && events.peek().at() <= now) {
                events.remove().what().run();
            }
            one.fsm.onDeadline(now);
            other.fsm.onDeadline(now);
        }
    }

    /** A request that overtakes our own Ack would be a renegotiation: however long the way, there is none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 100, 290, 310, 450, 599, 601, 800, 950, 999})
    void nothingIsNegotiatedTwice(int roundTripMillis) {
        oneWay = roundTripMillis * MILLISECOND / 2;
        for (int later : new int[] {0, 20, 150, 400, 1000, 2900}) {
            End client = new End(new RoundTrip());
            End server = new End(new RoundTrip());
            client.begin(server, 0, 0);
            server.begin(client, 0, later * MILLISECOND);
            run(client, server);
            assertThat(List.of(client.ups, client.downs, server.ups, server.downs))
                    .as("the server begins %d ms later", later)
                    .containsExactly(1, 0, 1, 0);
        }
    }

    /** The next protocol of the link knows from the last how long the way is. */
    @Test
    void theNextProtocolKnowsTheWay() {
        oneWay = 2400 * MILLISECOND / 2;
        RoundTrip trip = new RoundTrip();
        trip.took(Duration.ofMillis(2400));
        End client = new End(trip);
        End server = new End(trip);
        client.begin(server, 0, 0);
        server.begin(client, 0, 0);
        run(client, server);
        assertThat(List.of(client.ups, client.downs, server.ups, server.downs)).containsExactly(1, 0, 1, 0);
    }

    /** A way so long that the first repetition comes too late: once anew, and then with more patience. */
    @ParameterizedTest
    @ValueSource(ints = {1100, 1500, 1900, 2500, 2900})
    void anUnknownLongWayIsLearntAtOnce(int roundTripMillis) {
        oneWay = roundTripMillis * MILLISECOND / 2;
        for (int later : new int[] {0, 20, 400, 1000}) {
            End client = new End(new RoundTrip());
            End server = new End(new RoundTrip());
            client.begin(server, 0, 0);
            server.begin(client, 0, later * MILLISECOND);
            run(client, server);
            assertThat(client.fsm.state()).isEqualTo(State.OPENED);
            assertThat(server.fsm.state()).isEqualTo(State.OPENED);
            assertThat(client.ups).as("the server begins %d ms later", later).isLessThanOrEqualTo(3);
        }
    }

    /** A server that discards what comes before it is ready, as accel-ppp does in CCP: nobody waits three seconds. */
    @ParameterizedTest
    @CsvSource({"1, 0, 350", "2, 0, 950", "1, 40, 950", "2, 40, 2150"})
    void aPeerThatIsNotReadyIsAskedAgainSoon(int ignored, int beginsLater, int atMostMillis) {
        oneWay = 5 * MILLISECOND;
        RoundTrip trip = new RoundTrip();
        trip.took(Duration.ofMillis(10));
        End client = new End(trip);
        End server = new End(trip);
        client.begin(server, 0, 0);
        server.begin(client, ignored, beginsLater * MILLISECOND);
        run(client, server);
        assertThat(client.upAt).isLessThanOrEqualTo((long) atMostMillis * MILLISECOND);
        assertThat(List.of(client.downs, server.downs)).containsExactly(0, 0);
    }
}
