package org.jpptp.control;

import java.time.Duration;

/** Points in time, in nanoseconds of arbitrary origin. They may wrap around, and are compared by difference only. */
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    static long after(Duration delay, long now) {
        long deadline = now + delay.toNanos();
        return deadline == NEVER ? NEVER - 1 : deadline;
    }

    static boolean passed(long deadline, long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }

    /** A time-out as people read it. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
