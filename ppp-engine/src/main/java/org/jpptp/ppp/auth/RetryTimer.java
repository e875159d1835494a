package org.jpptp.ppp.auth;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;

/** The time that an authentication has: when a packet without an answer goes out again, and when its sender gives up. */
public final class RetryTimer {
    /** How long a user may think about another password: both sides then wait (RFC 2759 §6). */
    static final Duration FOR_A_USER = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** Who has to answer what is repeated, which decides how soon that is done. */
    public enum Answerer {
        /** The client, which computes its answer: a repetition costs it nothing. */
        CLIENT(Duration.ofMillis(300)),
        /** The server, which looks the user up and may count attempts: what it gets twice should have been lost. */
        SERVER(Duration.ofSeconds(1));

        private final Duration first;

        Answerer(Duration first) {
            this.first = first;
        }
    }

    private final Duration timeout;
    private final Answerer answerer;
    private Duration wait;
    /** When to give up on the peer. */
    private long giveUpAt = Deadlines.NEVER;
    /** When to send the last packet again. */
    private long repeatAt = Deadlines.NEVER;

    /** @param timeout how long the whole authentication may take, as far as it depends on the peer */
    public RetryTimer(Duration timeout, Answerer answerer) {
        this.timeout = timeout;
        this.answerer = answerer;
        wait = answerer.first;
    }

    /** The peer has the timeout, from now on. */
    public void begin(long now) {
        allowOnly(timeout, now);
    }

    /** Begins later, since somebody has to be asked first. */
    void beginAfter(Duration delay, long now) {
        allowOnly(delay.plus(timeout), now);
    }

    /** Somebody is asked, and the peer is not waited for. */
    void allowOnly(Duration delay, long now) {
        giveUpAt = Deadlines.after(delay, now);
        repeatAt = Deadlines.NEVER;
        wait = answerer.first;
    }

    /** A packet that wants an answer has gone out, for the first time or once more: the next time is later. */
    public void sent(long now) {
        repeatAt = Deadlines.after(wait, now);
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    public boolean gaveUp(long now) {
        return Deadlines.passed(giveUpAt, now);
    }

    public boolean repeatDue(long now) {
        return Deadlines.passed(repeatAt, now);
    }

    public long deadlineNanos() {
        return Deadlines.earlier(repeatAt, giveUpAt);
    }
}
