package org.jpptp.client.diagnosis;

import java.time.Duration;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.wire.ResultCodes;

/** What was seen of the end of a control connection, in words: without a capital letter and without a full stop. */
final class ControlEvidence implements ControlFailure.Cases<String> {
    @Override
    public String closed(ControlFailure.Closed failure) {
        return switch (failure.ending()) {
            case IN_ORDER -> "closed";
            case BEFORE_START -> "closed before the server had answered";
            case PEER_HUNG_UP -> "closed; the server hung up first";
            case PEER_STOPPED -> "closed; the server stopped first";
            case UNANSWERED -> "closed; no Stop-Control-Connection-Reply came";
        };
    }

    @Override
    public String closedWithError(ControlFailure.ClosedWithError failure) {
        int result = failure.result();
        return "closed; Stop-Control-Connection-Reply with result " + result + " (" + ResultCodes.simple(result) + ")"
                + ResultCodes.details(failure.error(), 0);
    }

    @Override
    public String startDenied(ControlFailure.StartDenied failure) {
        return "the start was refused with result " + failure.result() + " (" + ResultCodes.start(failure.result())
                + ")";
    }

    @Override
    public String startRefused(ControlFailure.StartRefused failure) {
        int result = failure.result();
        boolean accepted = result == ResultCodes.OK || result == 0;
        return "Start-Control-Connection-Reply with result " + result + " (" + ResultCodes.start(result) + ")"
                + ResultCodes.details(failure.error(), 0) + ", version " + ResultCodes.version(failure.version())
                + (accepted ? " where we speak " + ResultCodes.version(failure.ours()) : "");
    }

    @Override
    public String callRefused(ControlFailure.CallRefused failure) {
        int result = failure.result();
        return "Outgoing-Call-Reply with result " + result + " (" + ResultCodes.outgoingCall(result) + ")"
                + ResultCodes.details(failure.error(), failure.causeCode());
    }

    @Override
    public String unanswered(ControlFailure.Unanswered failure) {
        String what =
                switch (failure.awaited()) {
                    case START_REPLY -> "no answer to Start-Control-Connection-Request within ";
                    case CALL_REPLY -> "no answer to Outgoing-Call-Request within ";
                    case START -> "no Start-Control-Connection-Request within ";
                };
        return what + words(failure.within()) + unfinished(failure.unfinished());
    }

    @Override
    public String transportLost(ControlFailure.TransportLost failure) {
        if (failure.end().kind() == TransportEnd.Kind.UNREAD) {
            return "we closed TCP, since " + failure.end().said();
        }
        String what =
                switch (failure.stage()) {
                    case BEFORE_START -> "TCP ended before the client had started";
                    case WAITING_FOR_START_REPLY ->
                        "the server closed the connection instead of answering the start request";
                    case BEFORE_CALL -> "TCP ended without a word before the call";
                    case WAITING_FOR_CALL_REPLY ->
                        "the server closed the connection instead of answering the call request";
                    case CALL -> "TCP ended without a word during the call";
                };
        String why = failure.end().said().isEmpty() ? "" : " (" + failure.end().said() + ")";
        return what + why + unfinished(failure.unfinished());
    }

    @Override
    public String echoLost(ControlFailure.EchoLost failure) {
        return "no answer to Echo-Request, and nothing else, for " + words(failure.reply()) + " after "
                + (failure.idle().isZero() ? "it was asked out of turn" : words(failure.idle()) + " of silence");
    }

    @Override
    public String cleared(ControlFailure.Cleared failure) {
        return "the server sent Call-Clear-Request";
    }

    @Override
    public String disconnected(ControlFailure.Disconnected failure) {
        int result = failure.result();
        return "Call-Disconnect-Notify with result " + result + " (" + ResultCodes.disconnect(result) + ")"
                + ResultCodes.details(failure.error(), failure.causeCode())
                + (failure.statistics().isEmpty() ? "" : ", statistics " + failure.statistics());
    }

    @Override
    public String stopped(ControlFailure.Stopped failure) {
        int reason = failure.reason();
        return "Stop-Control-Connection-Request with reason " + reason + " (" + ResultCodes.stopReason(reason) + ")"
                + (failure.phase() == ControlFailure.Phase.UP ? "" : " instead of an answer to the start request");
    }

    @Override
    public String notPptp(ControlFailure.NotPptp failure) {
        return "the server " + (failure.phase() == ControlFailure.Phase.SETTING_UP ? "answered with" : "sent")
                + " something that is not PPTP: " + failure.octets();
    }

    @Override
    public String brokenMessage(ControlFailure.BrokenMessage failure) {
        return "the server sent a malformed message: " + failure.message();
    }

    @Override
    public String startedTwice(ControlFailure.StartedTwice failure) {
        return "a second Start-Control-Connection-Request";
    }

    private static String unfinished(int octets) {
        return octets == 0 ? "" : ", after " + octets + " octets of an unfinished message";
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
