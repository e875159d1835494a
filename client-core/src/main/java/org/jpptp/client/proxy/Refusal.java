package org.jpptp.client.proxy;

/** Why a client does not get what it wants. */
public enum Refusal {
    /** No request of the protocol. */
    MALFORMED,
    /** A request that this proxy does not serve. */
    UNSUPPORTED,
    /** There is no such name, or nobody to ask for it. */
    NAME_NOT_FOUND,
    /** The name servers do not answer. */
    NAMES_SILENT,
    /** Nothing leads there. */
    NETWORK_UNREACHABLE,
    /** The last router knows no such host. */
    HOST_UNREACHABLE,
    /** The host wants no connection there. */
    CONNECTION_REFUSED,
    /** Nothing came back. */
    TIMED_OUT,
    /** As many as there may be are open. */
    TOO_MANY,
    /** Anything else. */
    FAILED
}
