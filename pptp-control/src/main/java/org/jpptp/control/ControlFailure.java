package org.jpptp.control;

import java.time.Duration;
import org.jpptp.control.wire.ResultCodes;

/**
 * Why a control connection ended: a record for each way, with the facts that were seen. What they mean to a user is said
 * by whoever tells them.
 */
public sealed interface ControlFailure {
    /** What a caller acts on. */
    Cause cause();

    /** How far what failed had come. */
    enum Phase {
        SETTING_UP,
        UP
    }

    /** Decides by the kind of failure. */
    <R> R fold(Cases<R> cases);

    /**
     * We closed it.
     *
     * @param ending how far that came
     */
    record Closed(Ending ending) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.CLOSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.closed(this);
        }
    }

    /**
     * We closed it, and the server's Stop-Control-Connection-Reply names an error.
     *
     * @param result RFC 2637 §2.4
     * @param error the General Error, 0 for none
     */
    record ClosedWithError(int result, int error) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.CLOSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.closedWithError(this);
        }
    }

    /**
     * We refused the client's start, as the server.
     *
     * @param result that we sent, RFC 2637 §2.2
     */
    record StartDenied(int result) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.CLOSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.startDenied(this);
        }
    }

    /**
     * The server answered our start with a refusal, or speaks another version.
     *
     * @param result RFC 2637 §2.2
     * @param error the General Error, 0 for none
     * @param version the server's, 0x0100 for 1.0
     * @param ours the version that we speak
     */
    record StartRefused(int result, int error, int version, int ours) implements ControlFailure {
        @Override
        public Cause cause() {
            return result == ResultCodes.START_ALREADY_EXISTS ? Cause.ALREADY_CONNECTED : Cause.CONTROL_REFUSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.startRefused(this);
        }
    }

    /**
     * The server answered our call request with a refusal.
     *
     * @param result RFC 2637 §2.8
     * @param error the General Error, 0 for none
     * @param causeCode of ITU-T Q.931, 0 for none
     */
    record CallRefused(int result, int error, int causeCode) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.CALL_REFUSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.callRefused(this);
        }
    }

    /**
     * The peer did not say what was its turn to say.
     *
     * @param awaited what did not come
     * @param within the time that there was
     * @param unfinished octets that came of a message that is not complete
     */
    record Unanswered(Awaited awaited, Duration within, int unfinished) implements ControlFailure {
        @Override
        public Cause cause() {
            return switch (awaited) {
                case START_REPLY -> Cause.CONTROL_REFUSED;
                case CALL_REPLY -> Cause.CALL_REFUSED;
                case START -> Cause.LOST;
            };
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.unanswered(this);
        }
    }

    /**
     * TCP ended without a word.
     *
     * @param stage what was going on
     * @param unfinished octets that came of a message that is not complete
     * @param end how TCP ended
     */
    record TransportLost(Stage stage, int unfinished, TransportEnd end) implements ControlFailure {
        @Override
        public Cause cause() {
            return switch (stage) {
                case WAITING_FOR_START_REPLY -> Cause.CONTROL_REFUSED;
                case WAITING_FOR_CALL_REPLY -> Cause.CALL_REFUSED;
                case BEFORE_START, BEFORE_CALL, CALL -> Cause.LOST;
            };
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.transportLost(this);
        }
    }

    /**
     * Echo-Requests stay unanswered.
     *
     * @param idle the silence after which we asked
     * @param reply the silence since then
     */
    record EchoLost(Duration idle, Duration reply) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.LOST;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.echoLost(this);
        }
    }

    /**
     * The server sent Call-Clear-Request, which is the client's to send.
     *
     * @param phase of the call
     */
    record Cleared(Phase phase) implements ControlFailure {
        @Override
        public Cause cause() {
            return phase == Phase.UP ? Cause.PEER_ENDED : Cause.CALL_REFUSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.cleared(this);
        }
    }

    /**
     * The server sent Call-Disconnect-Notify.
     *
     * @param phase of the call
     * @param result RFC 2637 §2.13
     * @param error the General Error, 0 for none
     * @param causeCode of ITU-T Q.931, 0 for none
     * @param statistics the peer's text, escaped and in quotes; empty for none
     */
    record Disconnected(Phase phase, int result, int error, int causeCode, String statistics)
            implements ControlFailure {
        @Override
        public Cause cause() {
            return phase == Phase.UP ? Cause.PEER_ENDED : Cause.CALL_REFUSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.disconnected(this);
        }
    }

    /**
     * The peer sent Stop-Control-Connection-Request.
     *
     * @param phase of the control connection
     * @param reason RFC 2637 §2.3
     */
    record Stopped(Phase phase, int reason) implements ControlFailure {
        @Override
        public Cause cause() {
            return phase == Phase.UP ? Cause.PEER_ENDED : Cause.CONTROL_REFUSED;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.stopped(this);
        }
    }

    /**
     * What the server sends is not PPTP.
     *
     * @param phase of the control connection
     * @param octets what it sent, escaped and in quotes
     */
    record NotPptp(Phase phase, String octets) implements ControlFailure {
        @Override
        public Cause cause() {
            return phase == Phase.SETTING_UP ? Cause.CONTROL_REFUSED : Cause.PROTOCOL_ERROR;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.notPptp(this);
        }
    }

    /**
     * The peer sent a message that is not as RFC 2637 has it.
     *
     * @param message the message and what is wrong with it, in the notation of packet traces
     */
    record BrokenMessage(String message) implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.PROTOCOL_ERROR;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.brokenMessage(this);
        }
    }

    /** The client sent a second Start-Control-Connection-Request. */
    record StartedTwice() implements ControlFailure {
        @Override
        public Cause cause() {
            return Cause.PROTOCOL_ERROR;
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.startedTwice(this);
        }
    }

    /** How far a close of ours came. */
    enum Ending {
        /** To the end. */
        IN_ORDER,
        /** There was nothing to close yet. */
        BEFORE_START,
        /** The peer closed TCP first. */
        PEER_HUNG_UP,
        /** The peer sent its own stop request first. */
        PEER_STOPPED,
        /** Our stop request stayed unanswered. */
        UNANSWERED
    }

    /** What a peer owes us. */
    enum Awaited {
        /** The server: Start-Control-Connection-Reply. */
        START_REPLY,
        /** The server: Outgoing-Call-Reply. */
        CALL_REPLY,
        /** The client: Start-Control-Connection-Request. */
        START
    }

    /** What goes on on a control connection. */
    enum Stage {
        /** The server's side, before the client has started. */
        BEFORE_START,
        WAITING_FOR_START_REPLY,
        BEFORE_CALL,
        WAITING_FOR_CALL_REPLY,
        CALL
    }

    /** One answer for each of them; a new one does not compile until everybody has decided on it. */
    interface Cases<R> {
        R closed(Closed failure);

        R closedWithError(ClosedWithError failure);

        R startDenied(StartDenied failure);

        R startRefused(StartRefused failure);

        R callRefused(CallRefused failure);

        R unanswered(Unanswered failure);

        R transportLost(TransportLost failure);

        R echoLost(EchoLost failure);

        R cleared(Cleared failure);

        R disconnected(Disconnected failure);

        R stopped(Stopped failure);

        R notPptp(NotPptp failure);

        R brokenMessage(BrokenMessage failure);

        R startedTwice(StartedTwice failure);
    }

    /** The causes that are told apart. */
    enum Cause {
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
