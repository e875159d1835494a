package org.jpptp.client.driver;

import java.time.Duration;

/**
 * Notices that far more time has passed than the loop has waited: the machine slept, or the process was stopped. Meanwhile
 * the server may have gone, and the timers know nothing of that, since most clocks stand still in a machine that sleeps.
 */
final class SleepWatch {
    private static final Duration EVERY = Duration.ofSeconds(5);
    /** More than any host keeps a process waiting. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private boolean looked;
    private long lastSeen;
    private long next;

    /**
     * Looks at the clocks; to be called at the deadline or before.
     *
     * @param awake by a clock that goes on while the machine sleeps
     * @param now by the clock of the deadlines
     * @return how long nobody has looked where that is suspicious, else zero
     */
    Duration look(long awake, long now) {
        long passed = awake - lastSeen;
        boolean slept = looked && passed > EVERY.plus(LATE).toNanos();
        looked = true;
        lastSeen = awake;
        next = now + EVERY.toNanos();
        return slept ? Duration.ofNanos(passed) : Duration.ZERO;
    }

    /** When it wants to look again, or an earlier deadline; {@link Long#MAX_VALUE} is none. */
    long earlier(long deadlineNanos) {
        return deadlineNanos == Long.MAX_VALUE || next - deadlineNanos < 0 ? next : deadlineNanos;
    }
}
