package org.jpptp.ppp;

/**
 * Why a link went down: a record for each way, with the facts that were seen. What they mean to a user is said by whoever
 * tells them.
 */
public sealed interface PppFailure permits LinkFailure, AuthFailure, EncryptionFailure, AddressFailure {
    /** What a caller acts on. */
    Cause cause();

    /** Decides by the kind of failure. */
    <R> R fold(Cases<R> cases);

    /** Whether nobody is there who would acknowledge a Terminate-Request. */
    default boolean nobodyThere() {
        return switch (cause()) {
            case LCP_TIMEOUT, LOOPED, LINK_LOST, PEER_TERMINATED -> true;
            default -> false;
        };
    }

    /** One answer for each failure; a new one does not compile until everybody has decided on it. */
    interface Cases<R>
            extends LinkFailure.Cases<R>, AuthFailure.Cases<R>, EncryptionFailure.Cases<R>, AddressFailure.Cases<R> {}

    /** The causes that are told apart. */
    enum Cause {
        /** We closed the link. */
        CLOSED,
        /** No answer to our LCP Configure-Requests. */
        LCP_TIMEOUT,
        /** LCP was answered, but the two sides never agreed. */
        LCP_NOT_CONVERGING,
        /** Our own frames come back. */
        LOOPED,
        /** The peer insists on a method that policy refuses, or asks for none. */
        AUTH_METHOD_REFUSED,
        /** The peer fell silent during authentication, or those whom it asks. */
        AUTH_TIMEOUT,
        /** The peer says that name or password are wrong (691). */
        CREDENTIALS_REJECTED,
        /** The account may not be used: 646, 647, 648, 649, 709, 812. */
        ACCOUNT_RESTRICTED,
        /** The server's proof that it knows the password is wrong or missing. */
        SERVER_PROOF_WRONG,
        /** The peer refuses the encryption that policy requires. */
        ENCRYPTION_REFUSED,
        /** The peer requires encryption, and policy lets there be none. */
        ENCRYPTION_DEMANDED,
        /** Encryption was agreed on, but the peer's keys differ or are missing. */
        KEYS_DIFFER,
        /** Encryption worked, and does no longer: the two sides count its packets differently. */
        OUT_OF_STEP,
        /** IPCP did not come to usable addresses. */
        ADDRESSES_REFUSED,
        /** CCP or IPCP fell silent. */
        NETWORK_TIMEOUT,
        /** The peer sent a Terminate-Request, or took IPCP back. */
        PEER_TERMINATED,
        /** Echo-Requests stay unanswered. */
        LINK_LOST
    }
}
