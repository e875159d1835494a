package org.jpptp.ppp.fsm;

/** The states of the automaton, in the order of their numbers (RFC 1661 §4.2). */
public enum State {
    INITIAL,
    STARTING,
    CLOSED,
    STOPPED,
    CLOSING,
    STOPPING,
    REQ_SENT,
    ACK_RCVD,
    ACK_SENT,
    OPENED;

    /** Whether the Restart timer runs: where the table has TO events (RFC 1661 §4.1). */
    boolean timed() {
        return this == CLOSING || this == STOPPING || this == REQ_SENT || this == ACK_RCVD || this == ACK_SENT;
    }

    /** Whether a Terminate-Request waits for its acknowledgement. */
    boolean closing() {
        return this == CLOSING || this == STOPPING;
    }

    /** Whether options are being negotiated. */
    boolean negotiating() {
        return this == REQ_SENT || this == ACK_RCVD || this == ACK_SENT;
    }
}
