package org.jpptp.ppp.fsm;

/** Why a negotiation ended without agreement. */
public enum GaveUp {
    /** As many Configure-Requests as are allowed were sent without an answer to any, whatever else the peer says. */
    NO_ANSWER,
    /** Requests are answered, but the two sides do not come to agree. */
    NOT_CONVERGING,
    /** The peer rejects codes without which there is no negotiation. */
    CODE_REJECTED
}
