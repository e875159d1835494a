package org.jpptp.ppp.link;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;

/** Decides when to ask a quiet peer whether it is still there (RFC 1661 §5.8). */
final class Keepalive {
    /** What to do now. */
    enum Action {
        NOTHING,
        SEND_ECHO,
        GIVE_UP
    }

    private final Duration interval;
    private final int failures;
    /** When to look whether the peer was heard. */
    private long lookAt = Deadlines.NEVER;

    private boolean heard;
    private int unanswered;

    /** @param interval zero for never */
    Keepalive(Duration interval, int failures) {
        this.interval = interval;
        this.failures = failures;
    }

    void start(long now) {
        unanswered = 0;
        heard = false;
        lookAt = interval.isZero() ? Deadlines.NEVER : Deadlines.after(interval, now);
    }

    void stop() {
        lookAt = Deadlines.NEVER;
    }

    /** The peer has sent something that only a living peer sends. */
    void heard() {
        heard = true;
    }

    int unanswered() {
        return unanswered;
    }

    long deadlineNanos() {
        return lookAt;
    }

    Action onDeadline(long now) {
        if (!Deadlines.passed(lookAt, now)) {
            return Action.NOTHING;
        }
        lookAt = Deadlines.after(interval, now);
        if (heard) {
            heard = false;
            unanswered = 0;
            return Action.NOTHING;
        }
        if (unanswered >= failures) {
            stop();
            return Action.GIVE_UP;
        }
        unanswered++;
        return Action.SEND_ECHO;
    }
}
