package org.jpptp.ppp.fsm;

import java.time.Duration;

/** How long a peer takes to answer a Configure-Request: learnt in one protocol of a link, and of use in the next. */
public final class RoundTrip {
    /** For a peer that has answered nothing yet. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private Duration last = UNKNOWN.dividedBy(2);

    /** A request that went out once was answered. */
    void took(Duration time) {
        last = time;
    }

    /** After how long it is sure that no answer is on its way. */
    Duration surely() {
        return last.multipliedBy(2);
    }
}
