package org.jpptp.control;

/** What a control machine tells of its progress. */
public sealed interface ControlEvent {
    /** The ends of a control connection. */
    enum Side {
        CLIENT,
        SERVER
    }

    /**
     * The other side accepted the control connection (client: SCCRP received; server: SCCRQ answered).
     *
     * @param hostName the peer's host name, not escaped, at most 64 characters
     * @param vendor the peer's vendor string, not escaped, at most 64 characters
     * @param firmware the peer's firmware revision
     */
    record Accepted(String hostName, String vendor, int firmware) implements ControlEvent {
        @Override
        public void match(Cases cases) {
            cases.accepted(this);
        }
    }

    /**
     * The call is up (client: OCRP received; server: OCRQ answered). GRE may flow.
     *
     * @param localCallId the id that the peer puts into its GRE packets
     * @param peerCallId the id that we put into ours
     * @param bitsPerSecond the connect speed
     * @param peerWindow the peer's receive window, in packets
     */
    record CallConnected(int localCallId, int peerCallId, long bitsPerSecond, int peerWindow) implements ControlEvent {
        @Override
        public void match(Cases cases) {
            cases.callConnected(this);
        }
    }

    /**
     * Server only: the call is gone, the control connection is still up. GRE must stop.
     *
     * @param by who ended it: the client by a Call-Clear-Request, the server by a Call-Disconnect-Notify
     */
    record CallEnded(Side by) implements ControlEvent {
        @Override
        public void match(Cases cases) {
            cases.callEnded(this);
        }
    }

    /** The connection is over, for the reason given; nothing more is sent. */
    record Ended(ControlFailure failure) implements ControlEvent {
        @Override
        public void match(Cases cases) {
            cases.ended(this);
        }
    }

    /** Calls the case of this event. */
    void match(Cases cases);

    /**
     * What is done with each event. No case has a default, so that a new event compiles only once everybody who is told of
     * events has decided on it; who does nothing with one says why.
     */
    interface Cases {
        void accepted(Accepted event);

        void callConnected(CallConnected event);

        void callEnded(CallEnded event);

        void ended(Ended event);
    }
}
