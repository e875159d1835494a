package org.jpptp.control;

/**
 * Why a control connection ended.
 *
 * @param cause what a caller acts on
 * @param evidence what was seen, in words, without a full stop: message, result, error and cause codes decoded
 */
public record ControlFailure(Cause cause, String evidence) {
    /** The causes that are told apart. */
    public enum Cause {
        /** We closed it. */
        CLOSED,
        /** The server answered our Start with a refusal, another version, or not at all. */
        CONTROL_REFUSED,
        /** The server says that a control connection already exists (result 3). */
        ALREADY_CONNECTED,
        /** The server refused the call, or never answered it. */
        CALL_REFUSED,
        /** The server ended the call or the connection in an orderly way. */
        PEER_ENDED,
        /** TCP ended without a word, or Echo-Requests stay unanswered. */
        LOST,
        /** The peer does not speak PPTP, or broke its framing. */
        PROTOCOL_ERROR
    }
}
