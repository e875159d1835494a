package org.jpptp.ppp.link;

import org.jpptp.ppp.Deadlines;

/** Whether a link carries IPv6. */
sealed interface Ipv6Phase {
    /**
     * IPv6CP is under way, and addresses wait for it.
     *
     * @param goWithoutAt when to go without IPv6; never before IPCP is open
     */
    record Awaited(long goWithoutAt) implements Ipv6Phase {}

    record Carried() implements Ipv6Phase {}

    /** Not wanted, refused, or too late. */
    record Over() implements Ipv6Phase {}

    default long deadlineNanos() {
        return this instanceof Awaited awaited ? awaited.goWithoutAt() : Deadlines.NEVER;
    }
}
