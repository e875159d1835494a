package org.jpptp.ppp.auth;

import java.time.Duration;

/** When a packet without an answer goes out again, and when its sender gives up; nanoseconds of any origin. */
final class RetryTimer {
    /** How long a user may think about another password: both sides then wait (RFC 2759 §6). */
    static final Duration FOR_A_USER = Duration.ofMinutes(2);

    private static final long REPEAT_NANOS = Duration.ofSeconds(3).toNanos();

    private final long timeoutNanos;
    private long giveUpAt;
    private long repeatAt;

    /** @param timeout how long the whole authentication may take, as far as it depends on the peer */
    RetryTimer(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** The peer has the timeout, from now on. */
    void begin(long now) {
        giveUpAt = now + timeoutNanos;
        repeatAt = giveUpAt;
    }

    /** Somebody has to be asked first. */
    void beginAfter(Duration delay, long now) {
        begin(now + delay.toNanos());
    }

    /** Somebody is asked, and the peer is not waited for. */
    void allowOnly(Duration delay, long now) {
        giveUpAt = now + delay.toNanos();
        repeatAt = giveUpAt;
    }

    /** A packet that wants an answer has gone out. */
    void sent(long now) {
        repeatAt = now + REPEAT_NANOS;
    }

    boolean gaveUp(long now) {
        return now - giveUpAt >= 0;
    }

    boolean repeatDue(long now) {
        return now - repeatAt >= 0;
    }

    /** The earlier of both. */
    long nextNanos() {
        return repeatAt - giveUpAt < 0 ? repeatAt : giveUpAt;
    }
}
