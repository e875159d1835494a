package org.jpptp.control;

import java.time.Duration;

/** Arithmetic on times of arbitrary origin, which may wrap around: compared by difference only. */
final class Deadline {
    static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    static long after(long now, Duration delay) {
        long deadline = now + delay.toNanos();
        return deadline == NEVER ? NEVER - 1 : deadline;
    }

    static boolean due(long deadline, long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return a - b <= 0 ? a : b;
    }

    /** A time-out as people read it. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
