package org.jpptp.ppp.link;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.Deadlines;

/**
 * A question that only the peer can answer: an LCP Echo-Request with a number that nobody knows who does not see our packets
 * (RFC 1661 §5.8 has the data come back). It is asked a few times, each with a number of its own, so that the answer tells
 * which one it belongs to.
 */
final class LifeQuestion {
    /** Times that it is asked before nobody is there. */
    private static final int TIMES = 4;

    private static final Duration AGAIN = Duration.ofMillis(400);
    /** Numbers that are remembered, a power of two and more than are asked at once. */
    private static final int REMEMBERED = 8;

    private final RandomGenerator random;
    private final int[] numbers = new int[REMEMBERED];
    /** How many were ever asked. */
    private int asked;

    private int left;
    /** When to ask again, or to give up. */
    private long nextAt = Deadlines.NEVER;

    /** What is due. */
    enum Due {
        NOTHING,
        ASK,
        NOBODY_ANSWERED
    }

    LifeQuestion(RandomGenerator random) {
        this.random = random;
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

    /** How many were asked so far: what came before the next one has this number. */
    int asked() {
        return asked;
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

    /** The number of the question that goes out now. */
    int next() {
        int number = random.nextInt();
        numbers[asked % REMEMBERED] = number;
        asked++;
        return number;
    }

    /** Which question has this number, counted from 0; -1 for none of those that are remembered. */
    int which(int number) {
        for (int question = asked - 1; question >= Math.max(0, asked - REMEMBERED); question--) {
            if (numbers[question % REMEMBERED] == number) {
                return question;
            }
        }
        return -1;
    }
}
