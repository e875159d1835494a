package org.jpptp.client.diagnosis;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.wire.ResultCodes;

/** What the end of a control connection means to a user. */
public final class ControlDiagnosis {
    private static final int BUSY = 4;
    private static final int NO_RESOURCE = 4;
    /** "The phone line is busy." */
    private static final int WINDOWS_BUSY = 676;
    /** "The request has timed out." */
    private static final int WINDOWS_TIMED_OUT = 638;

    private ControlDiagnosis() {}

    /**
     * Turns a control failure into a verdict.
     *
     * @param failure any but {@link ControlFailure.Cause#CLOSED}, which is no failure
     * @param server the server as the user knows it
     * @param during what was going on, {@code  while negotiating …}, or empty when the tunnel was up
     */
    public static Failure of(ControlFailure failure, String server, String during) {
        List<String> seen = List.of(failure.fold(new ControlEvidence()));
        return switch (failure.cause()) {
            case CLOSED -> throw new IllegalArgumentException("an end that was asked for is no failure");
            case CONTROL_REFUSED ->
                Failure.of(
                        FailureReason.CONTROL_REFUSED,
                        Sentences.told("The server " + server + " refused the control connection", seen),
                        startRemedy(failure));
            case ALREADY_CONNECTED ->
                Failure.of(
                        FailureReason.CONTROL_REFUSED,
                        Sentences.told(
                                "The server " + server + " says that a control connection from here already exists",
                                seen),
                        "End the other tunnel from here to this server. If there is none, wait a few minutes until the"
                                + " server has forgotten it.");
            case CALL_REFUSED -> callRefused(failure, server, seen);
            case PEER_ENDED ->
                Failure.of(
                        FailureReason.ENDED_BY_SERVER,
                        Sentences.told("The server " + server + " ended the tunnel" + during, seen),
                        during.isEmpty()
                                ? "Connect again; if it repeats, the server's log has the reason (idle or session limits"
                                        + " are common)."
                                : "The server's log has the reason; it may have reached a limit on connections. Try"
                                        + " again in a minute.");
            case LOST ->
                Failure.of(
                        FailureReason.LINK_LOST,
                        Sentences.told("The control connection to " + server + " was lost" + during, seen),
                        failure instanceof ControlFailure.TransportLost lost
                                        && lost.end().kind() == TransportEnd.Kind.UNREAD
                                ? "The server, or somebody in its place, asks without reading the answers: tell its"
                                        + " administrator."
                                : "Check the network between here and the server, then connect again.");
            case PROTOCOL_ERROR ->
                Failure.of(
                        FailureReason.CONTROL_REFUSED,
                        Sentences.told("The server " + server + " broke the PPTP protocol", seen),
                        Remedy.of("Run again with ")
                                .set(Setting.VERBOSE, "3")
                                .say(" to see the octets; something in between may change them."));
        };
    }

    private static String startRemedy(ControlFailure failure) {
        if (failure instanceof ControlFailure.TransportLost) {
            return "It may have reached a limit on connections, in all or from this address, or admit others only. Try"
                    + " again in a minute, then ask its administrator.";
        }
        if (failure instanceof ControlFailure.StartRefused refused && refused.error() == NO_RESOURCE) {
            return "It has reached a limit, of connections or otherwise: try again in a minute.";
        }
        if (failure instanceof ControlFailure.StartRefused refused
                && (refused.version() != refused.ours() || refused.result() == ResultCodes.START_VERSION_UNSUPPORTED)) {
            return "It speaks another version of PPTP than this client: another server is needed, or another client.";
        }
        return failure instanceof ControlFailure.StartRefused
                ? "Let the server's administrator admit this client."
                : "Check that a PPTP server runs on that host and port, and that it admits this client.";
    }

    private static Failure callRefused(ControlFailure failure, String server, List<String> seen) {
        if (failure instanceof ControlFailure.Unanswered) {
            return unansweredCall(failure, server, 0);
        }
        int result = failure instanceof ControlFailure.CallRefused refused ? refused.result() : 0;
        Remedy remedy = result == ResultCodes.OUTGOING_DO_NOT_ACCEPT
                ? Remedy.of("Let the server's administrator permit calls from this client.")
                : Remedy.of(
                        "Its ports or licences may be used up, or an old call of yours may still be there. Try again"
                                + " in a minute, or ask its administrator.");
        return new Failure(
                FailureReason.CALL_REFUSED,
                Sentences.told("The server " + server + " refused the call", seen),
                remedy,
                result == BUSY ? WINDOWS_BUSY : FailureReason.CALL_REFUSED.windowsError());
    }

    /**
     * The server said nothing to our call request.
     *
     * @param grePackets how many of its GRE packets for the call came all the same
     */
    public static Failure unansweredCall(ControlFailure failure, String server, long grePackets) {
        List<String> seen = List.of(failure.fold(new ControlEvidence()));
        return new Failure(
                FailureReason.CALL_REFUSED,
                Sentences.told(
                        "The server " + server + " took the control connection, but never answered the call request",
                        grePackets == 0
                                ? seen
                                : Clauses.and(
                                        seen, "yet GRE packets for the call came from it, " + grePackets + " in all")),
                grePackets == 0
                        ? Remedy.of("It may be overloaded, or wait for something that does not answer it, such as its"
                                + " RADIUS server. Its log has more.")
                        : Remedy.of("It took the call and did not say so, or its answer was lost on the way: something"
                                + " in between may hold it back."),
                WINDOWS_TIMED_OUT);
    }

    /**
     * A warning: the answer to our call request is late.
     *
     * @param atMost how long it may take
     * @param grePackets how many of its GRE packets for the call have come already
     */
    public static String callIsSlow(Duration after, Duration atMost, long grePackets) {
        return "The server has not answered the call request for " + after.toSeconds() + " s"
                + (grePackets == 0 ? "" : ", though it sends GRE already") + "; waiting for up to " + atMost.toSeconds()
                + " s.";
    }

    /**
     * A warning: the server says that there is a control connection from here already.
     *
     * @param pause how long we wait until we try again
     */
    public static String triesAgain(Duration pause) {
        return "The server says that a control connection from here already exists; trying again in "
                + pause.toSeconds() + " s.";
    }

    /**
     * The server still says so.
     *
     * @param tries how often we tried again
     */
    public static Failure stillConnected(Failure failure, int tries) {
        return tries == 0
                ? failure
                : new Failure(
                        failure.reason(),
                        failure.sentence() + " It said so again at " + tries
                                + (tries == 1 ? " more try." : " more tries."),
                        failure.remedy(),
                        failure.windowsError());
    }

    /**
     * The call was accepted, and ended before PPP had begun: the server has a daemon for PPP, which did not live.
     *
     * @param after how long the call lasted
     */
    public static Failure stillborn(ControlFailure failure, String server, Duration after) {
        return new Failure(
                FailureReason.ENDED_BY_SERVER,
                Sentences.told(
                        "The server " + server + " accepted the call, and ended it after "
                                + Math.round(after.toMillis() / 100.0) / 10.0 + " s without one octet of PPP",
                        List.of(failure.fold(new ControlEvidence()))),
                Remedy.of(
                        "Most likely its PPP daemon (pppd) died at its start, over an option that it does not know. The"
                                + " server's log names that."),
                WindowsErrors.ENDED_EARLY);
    }
}
