package org.jpptp.ppp;

import java.time.Duration;

/** Points in time, in nanoseconds of arbitrary origin. They may wrap around, and are compared by difference only. */
public final class Deadlines {
    public static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    public static long after(Duration delay, long now) {
        long deadline = now + delay.toNanos();
        return deadline == NEVER ? NEVER - 1 : deadline;
    }

    public static boolean passed(long deadline, long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    public static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }
}
