package org.jpptp.client.diagnosis;

import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.control.ControlFailure;

/** What the end of a control connection means to a user. */
public final class ControlDiagnosis {
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
                        "Check that a PPTP server runs on that host and port, and that it admits this client.");
            case ALREADY_CONNECTED ->
                Failure.of(
                        FailureReason.CONTROL_REFUSED,
                        Sentences.told(
                                "The server " + server + " says that a control connection from here already exists",
                                seen),
                        "Wait a minute until the server has forgotten the old one, then try again.");
            case CALL_REFUSED ->
                Failure.of(
                        FailureReason.CALL_REFUSED,
                        Sentences.told("The server " + server + " refused the call", seen),
                        "Its ports or licences may be used up, or an old call of yours may still be there. Try again"
                                + " in a minute, or ask its administrator.");
            case PEER_ENDED ->
                Failure.of(
                        FailureReason.ENDED_BY_SERVER,
                        Sentences.told("The server " + server + " ended the tunnel" + during, seen),
                        "Connect again; if it repeats, the server's log has the reason (idle or session limits are"
                                + " common).");
            case LOST ->
                Failure.of(
                        FailureReason.LINK_LOST,
                        Sentences.told("The control connection to " + server + " was lost" + during, seen),
                        "Check the network between here and the server, then connect again.");
            case PROTOCOL_ERROR ->
                Failure.of(
                        FailureReason.CONTROL_REFUSED,
                        Sentences.told("The server " + server + " broke the PPTP protocol", seen),
                        Remedy.of("Run again with ")
                                .set(Setting.VERBOSE, "3")
                                .say(" to see the octets; something in between may change them."));
        };
    }
}
