package org.jpptp.gre;

/** Points in time, in nanoseconds of arbitrary origin. They may wrap around, and are compared by difference only. */
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }
}
