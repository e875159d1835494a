package org.jpptp.client.diagnosis;

import java.util.List;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.text.PeerText;

/** What the end of a PPP link means to a user. */
public final class LinkDiagnosis {
    private LinkDiagnosis() {}

    /** The verdict where nothing else is known. */
    static Failure of(PppFailure failure, ClientConfig client) {
        return of(failure, client, Background.NONE);
    }

    /**
     * Turns a link failure into a verdict.
     *
     * @param failure any but {@link PppFailure.Cause#CLOSED}, which is no failure
     * @param client what was asked for, and the policy
     * @param background what the tunnel had come to
     */
    public static Failure of(PppFailure failure, ClientConfig client, Background background) {
        Failure verdict = verdict(failure, client, background);
        int number = WindowsErrors.of(failure);
        boolean finer = verdict.windowsError() != verdict.reason().windowsError();
        return number == 0 || finer
                ? verdict
                : new Failure(verdict.reason(), verdict.sentence(), verdict.remedy(), number);
    }

    private static Failure verdict(PppFailure failure, ClientConfig client, Background background) {
        List<String> seen = LinkEvidence.clauses(failure);
        String server = PeerText.escape(client.server().host());
        String user = client.identity().user();
        return switch (failure.cause()) {
            case CLOSED -> throw new IllegalArgumentException("an end that was asked for is no failure");
            case LCP_TIMEOUT ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("GRE passes, but the server did not answer our link negotiation", seen),
                        "The server's PPP may be stuck on an old call: wait a minute and try again.");
            case LCP_NOT_CONVERGING ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("The link negotiation with " + server + " never came to an agreement", seen),
                        Remedy.of("Run again with ")
                                .set(Setting.VERBOSE, "1")
                                .say(" to see each proposal, and change what the server insists on there."));
            case LOOPED ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("Our own frames come back to us", seen),
                        "Something on the way reflects GRE; check NAT and tunnel devices between here and the server.");
            case AUTH_METHOD_REFUSED -> AuthDiagnosis.methodRefused(failure, client.policy(), background);
            case AUTH_TIMEOUT -> AuthDiagnosis.undecided(failure);
            case CREDENTIALS_REJECTED -> AuthDiagnosis.rejected(failure, user);
            case ACCOUNT_RESTRICTED -> AuthDiagnosis.restricted(failure, user);
            case SERVER_PROOF_WRONG ->
                Failure.of(
                        FailureReason.SERVER_PROOF_WRONG,
                        Sentences.told("The server did not prove that it knows the password of \"" + user + "\"", seen),
                        "Do not use this connection: someone may be posing as " + server
                                + ". If you trust the path, ask" + " the server's administrator.");
            case ENCRYPTION_REFUSED ->
                EncryptionDiagnosis.refused(failure, client.policy().mppe(), background);
            case ENCRYPTION_DEMANDED ->
                EncryptionDiagnosis.demanded((EncryptionFailure.EncryptionDemanded) failure, background);
            case KEYS_DIFFER -> EncryptionDiagnosis.keysDiffer(failure);
            case OUT_OF_STEP -> EncryptionDiagnosis.outOfStep(failure, server);
            case ADDRESSES_REFUSED ->
                Failure.of(
                        FailureReason.ADDRESSES_REFUSED,
                        Sentences.told("No usable addresses were agreed on", seen),
                        NetworkDiagnosis.remedy(failure));
            case NETWORK_TIMEOUT ->
                Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told(
                                failure instanceof LinkFailure.NetworkTimeout
                                        ? "Encryption and addresses were not agreed on in time"
                                        : "The server fell silent after authentication",
                                seen),
                        Remedy.of("Run again with ")
                                .set(Setting.VERBOSE, "1")
                                .say(" to see the last packets; if it repeats, ask the server's administrator."));
            case PEER_TERMINATED -> EndDiagnosis.peerEnded(failure, server);
            case LINK_LOST -> EndDiagnosis.lost(failure, server, background);
        };
    }
}
