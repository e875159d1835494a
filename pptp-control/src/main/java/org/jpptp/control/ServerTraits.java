package org.jpptp.control;

/**
 * How a {@link ControlServer} answers: what a test wants to provoke in a client.
 *
 * @param startResult result of Start-Control-Connection-Reply; 1 and 0 accept, all others refuse
 * @param callResult result of Outgoing-Call-Reply; 1 accepts
 * @param callError error code of a refusing Outgoing-Call-Reply
 * @param callCause cause code of a refusing Outgoing-Call-Reply
 * @param answerStart whether Start-Control-Connection-Request is answered at all
 * @param answerCall whether Outgoing-Call-Request is answered at all
 * @param disconnectNamesClient whether Call-Disconnect-Notify carries the client's call id: RFC 2637 §2.13 wants the
 *     server's, and implementations differ
 * @param abilities what Start-Control-Connection-Reply says that it can do
 */
public record ServerTraits(
        int startResult,
        int callResult,
        int callError,
        int callCause,
        boolean answerStart,
        boolean answerCall,
        boolean disconnectNamesClient,
        Abilities abilities) {
    /**
     * What a server says that it can do (RFC 2637 §2.2).
     *
     * @param framing 1 for asynchronous framing, 2 for synchronous, 3 for both
     * @param bearer 1 for analog access, 2 for digital, 3 for both
     * @param channels individual PPP sessions that it supports
     */
    public record Abilities(int framing, int bearer, int channels) {
        /** Either framing, either bearer, one channel. */
        public static final Abilities BOTH = new Abilities(3, 3, 1);
    }

    /** Accepts everything. */
    public static final ServerTraits ACCEPTING = new ServerTraits(1, 1, 0, 0, true, true);

    /** Names its own call id at the end of a call, and can do either framing and bearer. */
    public ServerTraits(
            int startResult, int callResult, int callError, int callCause, boolean answerStart, boolean answerCall) {
        this(startResult, callResult, callError, callCause, answerStart, answerCall, false, Abilities.BOTH);
    }

    /** The same with another result in its Start-Control-Connection-Reply. */
    public ServerTraits withStartResult(int result) {
        return new ServerTraits(
                result, callResult, callError, callCause, answerStart, answerCall, disconnectNamesClient, abilities);
    }

    /** The same with another result in its Outgoing-Call-Reply. */
    public ServerTraits withCallResult(int result) {
        return new ServerTraits(
                startResult, result, callError, callCause, answerStart, answerCall, disconnectNamesClient, abilities);
    }

    /** The same without any Start-Control-Connection-Reply. */
    public ServerTraits withoutStartReply() {
        return new ServerTraits(
                startResult, callResult, callError, callCause, false, answerCall, disconnectNamesClient, abilities);
    }

    /** The same without any Outgoing-Call-Reply. */
    public ServerTraits withoutCallReply() {
        return new ServerTraits(
                startResult, callResult, callError, callCause, answerStart, false, disconnectNamesClient, abilities);
    }

    /** The same with the client's call id in its Call-Disconnect-Notify. */
    public ServerTraits disconnectingByTheClientsCallId() {
        return new ServerTraits(
                startResult, callResult, callError, callCause, answerStart, answerCall, true, abilities);
    }

    /** The same with other abilities. */
    public ServerTraits with(Abilities others) {
        return new ServerTraits(
                startResult, callResult, callError, callCause, answerStart, answerCall, disconnectNamesClient, others);
    }
}
