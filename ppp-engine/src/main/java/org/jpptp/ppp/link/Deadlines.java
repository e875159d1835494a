package org.jpptp.ppp.link;

/** Points in time of arbitrary origin, with {@link Long#MAX_VALUE} for never. */
final class Deadlines {
    private Deadlines() {}

    static long earlier(long one, long other) {
        if (one == Long.MAX_VALUE || other == Long.MAX_VALUE) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }

    static boolean passed(long deadline, long now) {
        return deadline != Long.MAX_VALUE && now - deadline >= 0;
    }
}
