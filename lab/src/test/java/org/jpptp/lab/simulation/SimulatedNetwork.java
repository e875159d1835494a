package org.jpptp.lab.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, and a seeded network that loses, repeats and reorders datagrams. */
final class SimulatedNetwork {
    private record Event(long at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final SplittableRandom random;
    private final Weather weather;
    private long order;
    private long now = 1_000_000_000L;

    /**
     * How bad the network is; each is a share of 1.
     *
     * @param jitterMillis a datagram takes 5 ms and up to so much more, which reorders
     */
    record Weather(double loss, double duplication, int jitterMillis) {
        static final Weather FINE = new Weather(0, 0, 0);
    }

    SimulatedNetwork(long seed, Weather weather) {
        this.random = new SplittableRandom(seed);
        this.weather = weather;
    }

    long now() {
        return now;
    }

    long nextEvent() {
        Event next = events.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }

    void advanceTo(long nanos) {
        now = Math.max(now, nanos);
    }

    void runDue() {
        while (!events.isEmpty() && events.peek().at() <= now) {
            events.remove().what().run();
        }
    }

    /** An ordered, reliable octet stream takes 10 ms. */
    void stream(Runnable arrival) {
        at(now + 10_000_000L, arrival);
    }

    /** A datagram takes 5 ms and the weather. */
    void datagram(Runnable arrival) {
        int copies = random.nextDouble() < weather.duplication() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= weather.loss()) {
                long jitter = weather.jitterMillis() == 0 ? 0 : random.nextLong(weather.jitterMillis() * 1_000_000L);
                at(now + 5_000_000L + jitter, arrival);
            }
        }
    }

    void at(long nanos, Runnable what) {
        events.add(new Event(nanos, order++, what));
    }
}
