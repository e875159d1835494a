package org.jpptp.control;

import java.time.Duration;

/**
 * When to ask whether the peer is still there, and when to stop believing it (RFC 2637 §3.1.4). Every message proves
 * life, not only the Echo-Reply: peers that never answer Echo-Requests but talk all the same are not to be cut off.
 */
final class KeepAlive {
    /** What a deadline asks for. */
    enum Step {
        WAIT,
        ASK,
        GIVE_UP
    }

    private static final Duration SETTLING = Duration.ofMillis(250);
    /** A radio link that sleeps with its host is back by then. */
    private static final Duration HURRIED_REPLY = Duration.ofSeconds(10);

    private final Duration idle;
    private final Duration reply;
    /** When to ask the peer, or once it is asked, when to stop believing that it is there. */
    private long deadline = Deadlines.NEVER;

    private boolean asked;
    /** The host has slept: what had arrived by then is read first, and is no sign of life. */
    private boolean settling;

    private boolean hurried;

    KeepAlive(Duration idle, Duration reply) {
        this.idle = idle;
        this.reply = reply;
    }

    /** The control connection is established. */
    void start(long now) {
        asked = false;
        hurried = false;
        deadline = Deadlines.after(idle, now);
    }

    /** A message came; means nothing before the start and after the stop. */
    void heard(long now) {
        if (deadline != Deadlines.NEVER && !settling) {
            start(now);
        }
    }

    /** More time has passed than anybody has seen: asks at once, and waits less for the answer. */
    void hurry(long now) {
        if (deadline != Deadlines.NEVER) {
            asked = false;
            settling = true;
            hurried = true;
            deadline = Deadlines.after(SETTLING, now);
        }
    }

    /** How long the peer had been silent when it was asked. */
    Duration idle() {
        return hurried ? Duration.ZERO : idle;
    }

    /** How long its answer is waited for. */
    Duration reply() {
        return hurried ? HURRIED_REPLY : reply;
    }

    /** The connection is over or about to be, which has a time-out of its own. */
    void stop() {
        deadline = Deadlines.NEVER;
    }

    long deadlineNanos() {
        return deadline;
    }

    Step onDeadline(long now) {
        if (!Deadlines.passed(deadline, now)) {
            return Step.WAIT;
        }
        if (asked) {
            stop();
            return Step.GIVE_UP;
        }
        asked = true;
        settling = false;
        deadline = Deadlines.after(reply(), now);
        return Step.ASK;
    }
}
