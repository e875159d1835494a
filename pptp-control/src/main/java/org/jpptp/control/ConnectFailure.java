package org.jpptp.control;

/**
 * Why TCP did not come up.
 *
 * @param kind what a caller acts on
 * @param cause what the operating system or Netty said
 */
public record ConnectFailure(Kind kind, Throwable cause) {
    /** The kinds that are told apart. */
    public enum Kind {
        /** The server's host answered that nothing listens (ECONNREFUSED). */
        REFUSED,
        /** Nobody answered in time. */
        TIMED_OUT,
        /** Somebody on the way, or this host, knows no route (EHOSTUNREACH, ENETUNREACH). */
        UNREACHABLE,
        /** Anything else: a local filter, a lack of descriptors, ... */
        OTHER
    }
}
