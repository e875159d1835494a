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

    private final Duration idle;
    private final Duration reply;
    /** When to ask the peer, or once it is asked, when to stop believing that it is there. */
    private long deadline = Deadlines.NEVER;

    private boolean asked;

    KeepAlive(Duration idle, Duration reply) {
        this.idle = idle;
        this.reply = reply;
    }

    /** The control connection is established. */
    void start(long now) {
        asked = false;
        deadline = Deadlines.after(idle, now);
    }

    /** A message came; means nothing before the start and after the stop. */
    void heard(long now) {
        if (deadline != Deadlines.NEVER) {
            start(now);
        }
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
        deadline = Deadlines.after(reply, now);
        return Step.ASK;
    }
}
