package org.jpptp.client.diagnosis;

import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.LinkFailure.Reached;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.wire.PppProtocol;

/** What it means to a user that the peer ends a link, or is not heard any more: that depends on what the link was doing. */
final class EndDiagnosis {
    private static final Remedy AGAIN = Remedy.of(
            "Connect again; if it repeats, the server's log has the reason (idle or" + " session limits are common).");

    private EndDiagnosis() {}

    /** The peer sent a Terminate-Request, for no reason that the engine knows. */
    static Failure peerEnded(PppFailure failure, String server) {
        Reached reached = failure instanceof LinkFailure.PeerTerminated ended ? ended.reached() : Reached.UP;
        List<String> seen = LinkEvidence.clauses(failure);
        return switch (reached) {
            case ESTABLISHING ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("The server " + server + " ended the link instead of agreeing on LCP", seen),
                        Remedy.of("Run again with ")
                                .set(Setting.VERBOSE, "1")
                                .say(" to see each proposal; the server's log has the reason."));
            case AUTHENTICATING ->
                Failure.of(
                        FailureReason.ENDED_BY_SERVER,
                        Sentences.told(
                                "The server " + server + " ended the link during authentication, without a verdict",
                                seen),
                        "Its log has the reason. Some servers end so for a wrong name or password, or where their"
                                + " RADIUS server does not answer.");
            case ENCRYPTING, ADDRESSING ->
                Failure.of(
                        FailureReason.ADDRESSES_REFUSED,
                        Sentences.told(
                                "The server " + server + " took the password, then ended the link while "
                                        + (reached == Reached.ENCRYPTING ? "encryption was" : "addresses were")
                                        + " negotiated",
                                seen),
                        beforeAddresses(failure));
            case UP ->
                Failure.of(
                        FailureReason.ENDED_BY_SERVER,
                        Sentences.told("The server " + server + " ended the link", seen),
                        insistsOnIpv6(failure) ? ipv6() : AGAIN);
        };
    }

    private static Remedy beforeAddresses(PppFailure failure) {
        return insistsOnIpv6(failure)
                ? ipv6()
                : Remedy.of("Its address pool may be empty, or a limit on connections reached, in all or of this"
                        + " account. Try again in a minute; its log has the reason.");
    }

    private static boolean insistsOnIpv6(PppFailure failure) {
        return failure instanceof LinkFailure.PeerTerminated ended
                && ended.rejected().contains(PppProtocol.IPV6CP);
    }

    private static Remedy ipv6() {
        return Remedy.of("It may insist on IPv6: allow that with ")
                .set(Setting.IPV6)
                .say(". Else its log has the reason.");
    }

    /** Echo-Requests stay unanswered. */
    static Failure lost(PppFailure failure, String server, Background background) {
        boolean answers = background.control() == Background.Control.ANSWERS;
        List<String> seen = LinkEvidence.clauses(failure);
        return Failure.of(
                FailureReason.LINK_LOST,
                Sentences.told(
                        "The link to " + server + " was lost",
                        answers ? Clauses.and(seen, "the control connection still answers") : seen),
                answers
                        ? onlyGre(failure)
                        : Remedy.of("Check the network between here and the server, then connect again."));
    }

    /** GRE is silent and TCP is not: its way is cut, or the server answers no echoes and had nothing else to say. */
    private static Remedy onlyGre(PppFailure failure) {
        Remedy way = Remedy.of("A firewall or NAT on the way may have forgotten GRE: connect again.");
        boolean never =
                failure instanceof LinkFailure.EchoLost lost && lost.before() == LinkFailure.Echoes.NEVER_ANSWERED;
        return never
                ? way.say(" If the server never answers LCP echoes, ")
                        .set(Setting.ECHO_FAILURES, "0")
                        .say(" keeps the tunnel all the same.")
                : way;
    }
}
