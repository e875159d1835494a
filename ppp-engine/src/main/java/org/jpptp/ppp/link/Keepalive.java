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

    private static final Duration SETTLING = Duration.ofMillis(250);
    /** Ten seconds in all: a radio link that sleeps with its host is back by then. */
    private static final Duration HURRIED_INTERVAL = Duration.ofSeconds(2);

    private static final int HURRIED_FAILURES = 5;

    private final Duration interval;
    private final int failures;
    /** When to look whether the peer was heard. */
    private long lookAt = Deadlines.NEVER;

    private boolean heard;
    private int unanswered;

    /** The host has slept: what had arrived by then is read first, and is no sign of life. */
    private boolean settling;

    private boolean hurried;

    /**
     * @param interval zero for never
     * @param failures how many may stay unanswered, 0 for any number
     */
    Keepalive(Duration interval, int failures) {
        this.interval = interval;
        this.failures = failures;
    }

    void start(long now) {
        unanswered = 0;
        heard = false;
        settling = false;
        hurried = false;
        lookAt = interval.isZero() ? Deadlines.NEVER : Deadlines.after(interval, now);
    }

    void stop() {
        lookAt = Deadlines.NEVER;
    }

    /** More time has passed than anybody has seen: asks at once, and soon again, until the peer is heard. */
    void hurry(long now) {
        if (lookAt != Deadlines.NEVER) {
            settling = true;
            hurried = true;
            lookAt = Deadlines.after(SETTLING, now);
        }
    }

    /** The peer has sent something that only a living peer sends. */
    void heard() {
        heard = true;
    }

    int unanswered() {
        return unanswered;
    }

    /** How many may stay unanswered; 0 for any number. */
    int failures() {
        return failures;
    }

    long deadlineNanos() {
        return lookAt;
    }

    Action onDeadline(long now) {
        if (!Deadlines.passed(lookAt, now)) {
            return Action.NOTHING;
        }
        if (settling) {
            settling = false;
            heard = false;
            unanswered = 0;
        } else if (heard) {
            hurried = false;
        }
        lookAt = Deadlines.after(hurried ? HURRIED_INTERVAL : interval, now);
        if (heard) {
            heard = false;
            unanswered = 0;
            return Action.NOTHING;
        }
        if (failures > 0 && unanswered >= (hurried ? HURRIED_FAILURES : failures)) {
            stop();
            return Action.GIVE_UP;
        }
        unanswered++;
        return Action.SEND_ECHO;
    }
}
