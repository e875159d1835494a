package org.jpptp.ppp.fsm;

/** The events of the automaton, in the order of the table (RFC 1661 §4.3). */
enum Event {
    /** Lower layer is up. */
    UP,
    /** Lower layer is down. */
    DOWN,
    /** Administrative open. */
    OPEN,
    /** Administrative close. */
    CLOSE,
    /** TO+: time-out with counter above 0. */
    TO_PLUS,
    /** TO-: time-out with counter expired. */
    TO_MINUS,
    /** RCR+: Configure-Request that can be acknowledged. */
    RCR_PLUS,
    /** RCR-: Configure-Request that cannot. */
    RCR_MINUS,
    /** Configure-Ack. */
    RCA,
    /** Configure-Nak or Configure-Reject. */
    RCN,
    /** Terminate-Request. */
    RTR,
    /** Terminate-Ack. */
    RTA,
    /** A code that is unknown to us. */
    RUC,
    /** RXJ+: Code-Reject that leaves the protocol usable. */
    RXJ_PLUS,
    /** RXJ-: Code-Reject that does not. */
    RXJ_MINUS,
    /** A code beyond Code-Reject that this protocol has: Echo-Request and the like. */
    RXR
}
