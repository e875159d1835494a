package org.jpptp.ppp.link;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;

/**
 * When to ask what only the peer can answer, an LCP Echo-Request with one of {@link EchoNumbers}: a few times, each with a
 * number of its own, so that the answer tells which one it belongs to.
 */
final class LifeQuestion {
    /** Times that it is asked before nobody is there. */
    private static final int TIMES = 4;

    private static final Duration AGAIN = Duration.ofMillis(400);

    private int left;
    /** When to ask again, or to give up. */
    private long nextAt = Deadlines.NEVER;

    /** What is due. */
    enum Due {
        NOTHING,
        ASK,
        NOBODY_ANSWERED
    }

    /** Asks; {@link #due} follows at once, or when the question that runs is due. It is asked as often as if it began now. */
    void begin(long now) {
        left = TIMES;
        if (!runs()) {
            nextAt = now;
        }
    }

    boolean runs() {
        return nextAt != Deadlines.NEVER;
    }

    void stop() {
        nextAt = Deadlines.NEVER;
    }

    long deadlineNanos() {
        return nextAt;
    }

    Due due(long now) {
        if (!Deadlines.passed(nextAt, now)) {
            return Due.NOTHING;
        }
        if (left == 0) {
            stop();
            return Due.NOBODY_ANSWERED;
        }
        left--;
        nextAt = Deadlines.after(AGAIN, now);
        return Due.ASK;
    }
}
