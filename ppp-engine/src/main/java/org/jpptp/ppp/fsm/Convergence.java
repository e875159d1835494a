package org.jpptp.ppp.fsm;

import org.jpptp.ppp.PppTiming;

/**
 * Counts negative answers, so that two sides who never agree do not talk for ever (RFC 1661 §4.6, Max-Failure).
 *
 * <p>A request that is repeated because our answer was lost says nothing about converging: it counts only against a
 * bound of its own.
 */
final class Convergence {
    private final PppTiming timing;

    /** Naks and Rejects that we followed since the last Ack that we received. */
    private int received;

    private int naksSent;
    private int rejectsSent;
    /** All of them, those to repeated requests included. */
    private int refusalsSent;

    private int lastRefusedId = -1;

    Convergence(PppTiming timing) {
        this.timing = timing;
    }

    /** The lower layer has come up. */
    void start() {
        received = 0;
        weAccept();
    }

    /** Whether the peer may be sent another Nak, else a Reject. */
    boolean mayNak() {
        return naksSent < timing.maxFailure();
    }

    /** We acknowledge the peer's request. */
    void weAccept() {
        naksSent = 0;
        rejectsSent = 0;
        refusalsSent = 0;
        lastRefusedId = -1;
    }

    /** We Nak or Reject the peer's request; false where that has been done often enough. */
    boolean weRefuse(boolean nak, int requestId) {
        boolean repeated = requestId == lastRefusedId;
        lastRefusedId = requestId;
        refusalsSent++;
        if (!repeated && nak) {
            naksSent++;
        } else if (!repeated) {
            rejectsSent++;
        }
        return rejectsSent <= timing.maxFailure() && refusalsSent <= 2 * timing.maxFailure() + timing.maxConfigure();
    }

    /** The peer acknowledges our request. */
    void peerAccepts() {
        received = 0;
    }

    /** The peer Naks or Rejects our request; false where that was done often enough. */
    boolean peerRefuses() {
        return received++ < timing.maxFailure();
    }
}
