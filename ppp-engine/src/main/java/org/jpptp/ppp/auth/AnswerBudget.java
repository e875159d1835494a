package org.jpptp.ppp.auth;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;

/**
 * How many questions of a peer that has authenticated us already are answered: some a minute. A server may ask again at any
 * time (RFC 1994 §2), and each answer costs it nothing, but us the work, and a proof that can be attacked offline.
 */
public final class AnswerBudget {
    private static final int AT_ONCE = 10;
    private static final Duration EACH = Duration.ofSeconds(6);

    private int left = AT_ONCE;
    /** When to add one more. */
    private long addAt = Deadlines.NEVER;

    /** Whether a question may be answered now. */
    public boolean take(long now) {
        while (left < AT_ONCE && Deadlines.passed(addAt, now)) {
            left++;
            addAt = Deadlines.after(EACH, addAt);
        }
        if (left == 0) {
            return false;
        }
        if (left == AT_ONCE) {
            addAt = Deadlines.after(EACH, now);
        }
        left--;
        return true;
    }
}
