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
    void begin(long nowNanos) {
        giveUpAt = nowNanos + timeoutNanos;
        repeatAt = giveUpAt;
    }

    /** Somebody has to be asked first. */
    void beginAfter(Duration delay, long nowNanos) {
        begin(nowNanos + delay.toNanos());
    }

    /** Somebody is asked, and the peer is not waited for. */
    void allowOnly(Duration delay, long nowNanos) {
        giveUpAt = nowNanos + delay.toNanos();
        repeatAt = giveUpAt;
    }

    /** A packet that wants an answer has gone out. */
    void sent(long nowNanos) {
        repeatAt = nowNanos + REPEAT_NANOS;
    }

    boolean gaveUp(long nowNanos) {
        return nowNanos - giveUpAt >= 0;
    }

    boolean repeatDue(long nowNanos) {
        return nowNanos - repeatAt >= 0;
    }

    /** The earlier of both. */
    long nextNanos() {
        return repeatAt - giveUpAt < 0 ? repeatAt : giveUpAt;
    }
}
