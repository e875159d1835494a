package org.jpptp.ppp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a link went down.
 *
 * @param cause what a caller acts on
 * @param code the MS-CHAP error (RFC 2759 §6: 646…709) where the cause has one, else 0
 * @param evidence what was seen, in words, without a full stop: counters, options, codes, the peer's text escaped
 * @param offered with {@link Cause#ENCRYPTION_REFUSED}: what the peer offered last; null where it offered nothing
 */
public record PppFailure(
        Cause cause, int code, String evidence, @Nullable MppeOffer offered) {
    /** Without an offer. */
    public PppFailure(Cause cause, int code, String evidence) {
        this(cause, code, evidence, null);
    }

    /** For traces, where an offer that was not made needs no mention. */
    @Override
    public String toString() {
        return "PppFailure[cause=" + cause + ", code=" + code + ", evidence=" + evidence
                + (offered == null ? "" : ", offered=" + offered) + "]";
    }

    /** The causes that are told apart. */
    public enum Cause {
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
        /** The peer fell silent during authentication. */
        AUTH_TIMEOUT,
        /** The peer says that name or password are wrong (691). */
        CREDENTIALS_REJECTED,
        /** The account may not be used: 646, 647, 648, 649, 709. */
        ACCOUNT_RESTRICTED,
        /** The server's proof that it knows the password is wrong or missing. */
        SERVER_PROOF_WRONG,
        /** The peer refuses the encryption that policy requires. */
        ENCRYPTION_REFUSED,
        /** Encryption was agreed on, but the peer's keys differ or are missing. */
        KEYS_DIFFER,
        /** IPCP did not come to usable addresses. */
        ADDRESSES_REFUSED,
        /** CCP or IPCP fell silent. */
        NETWORK_TIMEOUT,
        /** The peer sent a Terminate-Request. */
        PEER_TERMINATED,
        /** Echo-Requests stay unanswered. */
        LINK_LOST
    }

    /** Whether nobody is there who would acknowledge a Terminate-Request. */
    public boolean nobodyThere() {
        return switch (cause) {
            case LCP_TIMEOUT, LOOPED, LINK_LOST, PEER_TERMINATED -> true;
            default -> false;
        };
    }

    /** What the peer is told in the Terminate-Request: our reason for closing, else no more than the cause. */
    public String forPeer() {
        return cause == Cause.CLOSED
                ? evidence
                : cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
