package org.jpptp.ppp.link;

import org.jpptp.ppp.Deadlines;

/** How far a link is with its IPv4 addresses. */
sealed interface AddressPhase {
    /** LCP is not open, or authentication not complete. */
    record Stopped() implements AddressPhase {}

    /**
     * Addresses are negotiated, and a datagram has nowhere to go.
     *
     * @param giveUpAt when to give up on CCP and IPCP
     */
    record Negotiating(long giveUpAt) implements AddressPhase {}

    /** IPCP is open, and its addresses are not told before IPv6 has decided. */
    record Agreed() implements AddressPhase {}

    /** IPCP is open, and its addresses are told. */
    record Told() implements AddressPhase {}

    /**
     * The peer negotiates IPCP anew, after addresses were told; IPv6 flows on.
     *
     * @param giveUpAt when to give up on IPCP
     */
    record Renegotiating(long giveUpAt) implements AddressPhase {}

    /** Whether addresses were told. */
    default boolean networkUp() {
        return this instanceof Told || this instanceof Renegotiating;
    }

    default long deadlineNanos() {
        if (this instanceof Negotiating negotiating) {
            return negotiating.giveUpAt();
        }
        return this instanceof Renegotiating renegotiating ? renegotiating.giveUpAt() : Deadlines.NEVER;
    }
}
