package org.jpptp.lab.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, and a seeded network that loses, repeats and reorders datagrams. */
public final class SimulatedNetwork {
    private record Event(long at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final SplittableRandom random;
    private Weather weather;
    private long order;
    private long now = 1_000_000_000L;

    /**
     * How bad the network is; each is a share of 1.
     *
     * @param jitterMillis a datagram takes 5 ms and up to so much more, which reorders
     */
    public record Weather(double loss, double duplication, int jitterMillis) {
        public static final Weather FINE = new Weather(0, 0, 0);
    }

    public SimulatedNetwork(long seed, Weather weather) {
        this.random = new SplittableRandom(seed);
        this.weather = weather;
    }

    /** The weather changes. */
    public void become(Weather other) {
        weather = other;
    }

    /** The time, in nanoseconds. */
    public long now() {
        return now;
    }

    /** When something happens next, {@link Long#MAX_VALUE} for never. */
    public long nextEvent() {
        Event next = events.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }

    /** How much is to happen. */
    public int waiting() {
        return events.size();
    }

    /** Lets time pass; what is due by then waits for {@link #runDue}. */
    public void advanceTo(long nanos) {
        now = Math.max(now, nanos);
    }

    /** Lets happen what is due, and what comes of it at once. */
    public void runDue() {
        while (!events.isEmpty() && events.peek().at() <= now) {
            events.remove().what().run();
        }
    }

    /** An ordered, reliable octet stream takes 10 ms. */
    public void stream(Runnable arrival) {
        at(now + 10_000_000L, arrival);
    }

    /** A datagram takes 5 ms and the weather. */
    public void datagram(Runnable arrival) {
        int copies = random.nextDouble() < weather.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= weather.loss()) {
                long jitter = weather.jitterMillis() == 0 ? 0 : random.nextLong(weather.jitterMillis() * 1_000_000L);
                at(now + 5_000_000L + jitter, arrival);
            }
        }
    }

    /** Lets something happen at a time. */
    public void at(long nanos, Runnable what) {
        events.add(new Event(nanos, order++, what));
    }
}
