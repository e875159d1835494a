package org.jpptp.client.tunnel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often what somebody takes away from a tunnel is put back. Who takes it away again and again is a program that means it:
 * the two would go on for ever.
 */
final class Upkeep {
    /** So many repairs… */
    private static final int MOST = 5;
    /** …in this time. */
    private static final long ROW_NANOS = Duration.ofMinutes(1).toNanos();
    /** To look costs some commands, and a host's routes may change many times a second. */
    private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Deque<Long> repairs = new ArrayDeque<>();
    private boolean hasLooked;
    private long lookNanos;

    /** Whether something is made anew at once. */
    boolean mayRepair(long now) {
        return restNanos(now) == 0;
    }

    /** How long to wait before looking what is gone, since others change the host, too. */
    long pauseNanos(long now) {
        long sinceLook = hasLooked ? now - lookNanos : BETWEEN_NANOS;
        return Math.max(restNanos(now), Math.max(0, BETWEEN_NANOS - sinceLook));
    }

    /** Somebody looks. */
    void looks(long now) {
        hasLooked = true;
        lookNanos = now;
    }

    /** Something is put back. */
    void repairs(long now) {
        repairs.add(now);
    }

    /** Until there are fewer repairs than too many. */
    private long restNanos(long now) {
        while (!repairs.isEmpty() && now - repairs.getFirst() >= ROW_NANOS) {
            repairs.removeFirst();
        }
        return repairs.size() < MOST ? 0 : ROW_NANOS - (now - repairs.getFirst());
    }
}
