package org.jpptp.client.session;

import java.util.Arrays;

/** The session's own timers. Times are compared by difference, so that they may wrap. */
final class Deadlines {
    /** What a timer is for. */
    enum Timer {
        /** When to give up on a tunnel that is not up. */
        UP(0),
        /** When to call GRE blocked. */
        GRE_SILENCE(1),
        /** When to believe ICMP that GRE is unreachable. */
        GRE_UNREACHABLE(2),
        /** When to stop waiting for the answer to our LCP Terminate-Request. */
        LINK_CLOSING(3),
        /** When to stop waiting for the user's answer. */
        ANSWER(4),
        /** When to look whether GRE comes that our socket does not get. */
        GRE_LOOK(5),
        /** When to tell the user that the server is slow to answer our call request. */
        CALL_SLOW(6),
        /** When the server may be asked once more whether it is there, out of turn. */
        DOUBT(7);

        private final int index;

        Timer(int index) {
            this.index = index;
        }
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final long[] at = new long[Timer.values().length];

    Deadlines() {
        Arrays.fill(at, NEVER);
    }

    void set(Timer timer, long nanos) {
        at[timer.index] = nanos;
    }

    void clear(Timer timer) {
        at[timer.index] = NEVER;
    }

    void clearAll() {
        Arrays.fill(at, NEVER);
    }

    boolean isSet(Timer timer) {
        return at[timer.index] != NEVER;
    }

    /** Whether the timer has run out; then it is cleared. */
    boolean expired(Timer timer, long now) {
        int index = timer.index;
        if (at[index] == NEVER || at[index] - now > 0) {
            return false;
        }
        at[index] = NEVER;
        return true;
    }

    long earliest() {
        long earliest = NEVER;
        for (long nanos : at) {
            earliest = earlier(earliest, nanos);
        }
        return earliest;
    }

    static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return Math.min(one, other);
        }
        return one - other < 0 ? one : other;
    }
}
