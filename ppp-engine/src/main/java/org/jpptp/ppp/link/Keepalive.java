package org.jpptp.ppp.link;

import java.time.Duration;

/** Decides when to ask a quiet peer whether it is still there (RFC 1661 §5.8). */
final class Keepalive {
    /** What to do now. */
    enum Action {
        NOTHING,
        SEND_ECHO,
        GIVE_UP
    }

    private final long interval;
    private final int failures;
    private long next = Long.MAX_VALUE;
    private boolean heard;
    private int unanswered;

    /** @param interval zero for never */
    Keepalive(Duration interval, int failures) {
        this.interval = interval.toNanos();
        this.failures = failures;
    }

    void start(long now) {
        unanswered = 0;
        heard = false;
        next = interval == 0 ? Long.MAX_VALUE : now + interval;
    }

    void stop() {
        next = Long.MAX_VALUE;
    }

    /** The peer has sent something that only a living peer sends. */
    void heard() {
        heard = true;
    }

    int unanswered() {
        return unanswered;
    }

    long deadlineNanos() {
        return next;
    }

    Action onDeadline(long now) {
        if (next == Long.MAX_VALUE || now - next < 0) {
            return Action.NOTHING;
        }
        next = now + interval;
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
