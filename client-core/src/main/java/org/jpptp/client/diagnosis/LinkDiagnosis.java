package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.ppp.PppFailure;

/** What the end of a PPP link means to a user. */
public final class LinkDiagnosis {
    private LinkDiagnosis() {}

    /**
     * Turns a link failure into a verdict.
     *
     * @param failure any but {@link PppFailure.Cause#CLOSED}, which is no failure
     * @param server the server as the user knows it
     * @param user the name that was sent
     */
    public static Failure of(PppFailure failure, String server, String user) {
        String evidence = failure.evidence();
        return switch (failure.cause()) {
            case CLOSED -> throw new IllegalArgumentException("an end that was asked for is no failure");
            case LCP_TIMEOUT ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        "GRE passes, but the server did not answer our link negotiation: " + evidence + ".",
                        "The server's PPP may be stuck on an old call: wait a minute and try again.");
            case LCP_NOT_CONVERGING ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        "The link negotiation with " + server + " never came to an agreement: " + evidence + ".",
                        "Run again with -v to see each proposal, and change what the server insists on there.");
            case LOOPED ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        "Our own frames come back to us: " + evidence + ".",
                        "Something on the way reflects GRE; check NAT and tunnel devices between here and the server.");
            case AUTH_METHOD_REFUSED ->
                Failure.of(
                        FailureReason.AUTH_METHOD_REFUSED,
                        "The server's way of authentication is not allowed: " + evidence + ".",
                        "Enable MS-CHAPv2 on the server; weaker methods give the password away.");
            case AUTH_TIMEOUT ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        "The server fell silent during authentication: " + evidence + ".",
                        "Its RADIUS or domain controller may not answer: ask its administrator, or try again.");
            case CREDENTIALS_REJECTED ->
                Failure.of(
                        FailureReason.CREDENTIALS_REJECTED,
                        "The server rejected the name or the password of \"" + user + "\": " + evidence + ".",
                        domainHint(user));
            case ACCOUNT_RESTRICTED -> restricted(failure, user);
            case SERVER_PROOF_WRONG ->
                Failure.of(
                        FailureReason.SERVER_PROOF_WRONG,
                        "The server did not prove that it knows the password of \"" + user + "\": " + evidence + ".",
                        "Do not use this connection: someone may be posing as " + server
                                + ". If you trust the path, ask" + " the server's administrator.");
            case ENCRYPTION_REFUSED ->
                Failure.of(
                        FailureReason.ENCRYPTION_REFUSED,
                        "The server refuses the encryption that is required (MPPE 128-bit stateless): " + evidence
                                + ".",
                        "Enable 128-bit MPPE on the server (pppd: require-mppe-128; Windows: maximum strength"
                                + " encryption).");
            case KEYS_DIFFER ->
                Failure.of(
                        FailureReason.KEYS_WRONG,
                        "Authentication succeeded, but the server's encryption keys differ or are missing: " + evidence
                                + ".",
                        "If the server uses RADIUS, let it return the MPPE keys (MS-MPPE-Send-Key and"
                                + " MS-MPPE-Recv-Key).");
            case ADDRESSES_REFUSED ->
                Failure.of(
                        FailureReason.ADDRESSES_REFUSED,
                        "No usable addresses were agreed on: " + evidence + ".",
                        "Check the address pool of the server.");
            case NETWORK_TIMEOUT ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        "The server fell silent after authentication: " + evidence + ".",
                        "Run again with -v to see the last packets; if it repeats, ask the server's administrator.");
            case PEER_TERMINATED ->
                Failure.of(
                        FailureReason.ENDED_BY_SERVER,
                        "The server " + server + " ended the link: " + evidence + ".",
                        "Connect again; if it repeats, the server's log has the reason.");
            case LINK_LOST ->
                Failure.of(
                        FailureReason.LINK_LOST,
                        "The link to " + server + " was lost: " + evidence + ".",
                        "Check the network between here and the server, then connect again.");
        };
    }

    private static String domainHint(String user) {
        return user.indexOf('\\') < 0
                ? "Check both; a Windows server may want the domain too: -u 'DOMAIN\\" + user + "'."
                : "Check name, domain and password; repeated attempts may lock the account.";
    }

    private static Failure restricted(PppFailure failure, String user) {
        String what =
                switch (failure.code()) {
                    case 646 -> "may not log on at this hour";
                    case 647 -> "is disabled";
                    case 648 -> "has a password that has expired";
                    case 649 -> "has no permission to dial in";
                    case 709 -> "could not change its password";
                    default -> "may not be used";
                };
        String remedy = failure.code() == 648
                ? "Change the password by other means, then connect again."
                : "Ask the server's administrator.";
        return new Failure(
                FailureReason.ACCOUNT_RESTRICTED,
                "The account \"" + user + "\" " + what + ": " + failure.evidence() + ".",
                remedy,
                failure.code());
    }
}
