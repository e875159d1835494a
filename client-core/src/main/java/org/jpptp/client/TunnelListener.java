package org.jpptp.client;

import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;

/** Follows a tunnel. Called on the tunnel's own thread: return soon. */
public interface TunnelListener {
    /** How much a trace line matters to whom. */
    enum Detail {
        /** Every control packet with its options, in the notation that people know from pppd. */
        PACKETS,
        /** Timers and decisions, and why. */
        DECISIONS,
        /** Octets in hexadecimal. */
        OCTETS
    }

    /** The tunnel has come so far. */
    void event(TunnelEvent event);

    /** Whether {@link #trace} is worth calling. */
    default boolean traces(Detail detail) {
        return false;
    }

    /**
     * Whether a trace may hold what a password could be found by: challenges, responses and proofs are shortened otherwise,
     * and the octets of their packets left out.
     */
    default boolean showsSecrets() {
        return false;
    }

    /** One line of trace, printable characters only. */
    default void trace(Detail detail, String line) {}

    /** Whether {@link #seen} is worth calling. */
    default boolean keepsFacts() {
        return false;
    }

    /**
     * A message of the control connection, or a control packet of PPP, as it went out or came. Its octets are the listener's;
     * a password in clear (RFC 1334) is blanked in them.
     */
    default void seen(Side from, Fact fact) {}
}
