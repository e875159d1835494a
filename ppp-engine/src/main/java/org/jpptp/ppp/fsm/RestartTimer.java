package org.jpptp.ppp.fsm;

import java.time.Duration;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppTiming;

/**
 * The Restart timer of RFC 1661 §4.6. For Configure-Requests it begins short and doubles up to what the RFC wants: a peer
 * that is not ready yet discards the first, and nobody wants to wait three seconds for the second.
 *
 * <p>Once the peer has our Ack, its own makes it open; a repeated request that comes after that would make it negotiate
 * anew (§4.1, RCR in Opened). GRE keeps packets in order, so before our Ack a repetition does no harm. From the Ack on it
 * waits until an answer would be here, and once something was negotiated anew the timer is never short again.
 */
final class RestartTimer {
    private static final Duration FIRST = Duration.ofMillis(300);

    private final PppTiming timing;
    private final RoundTrip trip;
    private Duration wait = FIRST;
    /** When the last request went out. */
    private long sent;

    private int times;
    private boolean patient;

    /** When to send the last request again. */
    private long restartAt = Deadlines.NEVER;

    RestartTimer(PppTiming timing, RoundTrip trip) {
        this.timing = timing;
        this.trip = trip;
    }

    long deadlineNanos() {
        return restartAt;
    }

    boolean expired(long now) {
        return Deadlines.passed(restartAt, now);
    }

    void stop() {
        restartAt = Deadlines.NEVER;
    }

    /** The lower layer has come up. */
    void negotiatedNever() {
        patient = false;
    }

    /** What was agreed on is being negotiated anew. */
    void negotiatedAnew() {
        patient = true;
    }

    /** A Terminate-Request is out, or nothing: the timer only runs. */
    void run(State state, long now) {
        restartAt = Deadlines.after(state.closing() ? timing.terminateRestart() : timing.restart(), now);
    }

    /** A new Configure-Request goes out in a state. */
    void first(State state, long now) {
        wait = patient || timing.restart().compareTo(FIRST) < 0 ? timing.restart() : FIRST;
        times = 0;
        again(state, now);
    }

    /** The timer has expired: the same request goes out again, and more time is given to it. */
    void repeated(State state, long now) {
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(timing.restart()) < 0 ? twice : timing.restart();
        again(state, now);
    }

    private void again(State state, long now) {
        times++;
        sent = now;
        restartAt = Deadlines.after(wait, now);
        if (state == State.ACK_SENT) {
            acknowledged();
        }
    }

    /** Our Ack goes out while our request waits for its own. */
    void acknowledged() {
        Duration surely = trip.surely();
        if (surely.compareTo(timing.restart()) > 0) {
            surely = timing.restart();
        }
        if (restartAt != Deadlines.NEVER && !Deadlines.passed(Deadlines.after(surely, sent), restartAt)) {
            restartAt = Deadlines.after(surely, sent);
        }
    }

    /** The request was answered. */
    void answered(long now) {
        if (times == 1) {
            trip.took(Duration.ofNanos(now - sent));
        }
    }

    /** Whether the repetition that is due counts for the patience of the automaton: short waits are extra. */
    boolean counts() {
        return wait.multipliedBy(2).compareTo(timing.restart()) >= 0;
    }
}
