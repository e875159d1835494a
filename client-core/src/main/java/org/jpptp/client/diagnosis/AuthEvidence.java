package org.jpptp.client.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.MsChapFailure;

/** The words for what was seen of authentication. */
interface AuthEvidence extends AuthFailure.Cases<List<String>> {
    @Override
    default List<String> methodRefused(AuthFailure.MethodRefused failure) {
        List<String> clauses = new ArrayList<>();
        clauses.add("the server asks for "
                + failure.asked().stream().map(AuthDemand::label).collect(Collectors.joining(", then ")));
        List<String> keyless = failure.keysRequired()
                ? failure.asked().stream()
                        .filter(AuthDemand::keyless)
                        .map(AuthDemand::label)
                        .toList()
                : List.of();
        if (!keyless.isEmpty()) {
            clauses.add(String.join(" and ", keyless) + (keyless.size() == 1 ? " yields" : " yield")
                    + " no keys for MPPE, which is required");
        }
        clauses.add(failure.allowed().isEmpty() ? "nothing is allowed" : "allowed is " + labels(failure.allowed()));
        return clauses;
    }

    @Override
    default List<String> demandRefused(AuthFailure.DemandRefused failure) {
        return List.of(
                "the peer wants "
                        + Stream.concat(
                                        failure.wanted().stream().map(AuthDemand::label),
                                        failure.rejected().stream().map(protocol -> "not " + protocol.label()))
                                .collect(Collectors.joining(", then ")),
                "required is " + labels(failure.required()));
    }

    @Override
    default List<String> demandRejected(AuthFailure.DemandRejected failure) {
        return List.of(
                "the peer rejects authentication with " + failure.demanded().label());
    }

    @Override
    default List<String> protocolRejected(AuthFailure.ProtocolRejected failure) {
        return List.of("the peer rejects " + failure.agreed().label() + ", which it had agreed to in LCP");
    }

    @Override
    default List<String> methodWeakened(AuthFailure.MethodWeakened failure) {
        return List.of("the peer renegotiated from " + failure.before().label() + " to "
                + failure.now().label());
    }

    @Override
    default List<String> eapMethodRefused(AuthFailure.EapMethodRefused failure) {
        return List.of(
                "inside EAP the server proposes "
                        + failure.proposed().stream()
                                .map(demand ->
                                        demand.label() + (demand.keyless() ? ", which yields no keys for MPPE" : ""))
                                .collect(Collectors.joining(", then ")),
                "allowed is " + labels(failure.allowed()));
    }

    @Override
    default List<String> eapMethodNotTaken(AuthFailure.EapMethodNotTaken failure) {
        return List.of(
                failure.wanted() == null
                        ? "the peer takes no EAP method of ours"
                        : "inside EAP the peer wants " + failure.wanted().label(),
                "required is " + labels(failure.required()));
    }

    @Override
    default List<String> authTimeout(AuthFailure.AuthTimeout failure) {
        return List.of(
                switch (failure.awaited()) {
                    case CHALLENGE -> "the server sent no Challenge";
                    case CHAP_VERDICT -> "the server answered none of our " + failure.sent() + " Responses";
                    case PAP_VERDICT ->
                        "the server answered none of our " + failure.sent() + " PAP Authenticate-Requests";
                    case EAP_REQUEST -> "the server sent no EAP Request";
                    case EAP_VERDICT -> "the server gave no verdict after " + failure.sent() + " EAP Requests";
                    case CHAP_RESPONSE -> "no Response to our " + failure.sent() + " Challenges";
                    case PAP_REQUEST -> "the peer sent no PAP Authenticate-Request";
                    case EAP_RESPONSE ->
                        "no Response to the last of our EAP Requests; " + failure.sent() + " were sent";
                });
    }

    @Override
    default List<String> credentialsRejected(AuthFailure.CredentialsRejected failure) {
        return clauses(failure.refusal());
    }

    @Override
    default List<String> credentialsTooLong(AuthFailure.CredentialsTooLong failure) {
        return List.of("PAP carries names and passwords of at most " + failure.maxOctets() + " octets, not ours");
    }

    @Override
    default List<String> unchecked(AuthFailure.Unchecked failure) {
        return clauses(failure.refusal());
    }

    @Override
    default List<String> accountRestricted(AuthFailure.AccountRestricted failure) {
        return clauses(failure.refusal());
    }

    @Override
    default List<String> newPasswordTooLong(AuthFailure.NewPasswordTooLong failure) {
        return Clauses.and(
                clauses(failure.refusal()), "the new one is longer than " + failure.maxCharacters() + " characters");
    }

    @Override
    default List<String> proofReflected(AuthFailure.ProofReflected failure) {
        return List.of("the server sent our own challenge back to us");
    }

    @Override
    default List<String> proofMissing(AuthFailure.ProofMissing failure) {
        return List.of("the server's Success carries no proof" + Clauses.saying(failure.said()));
    }

    @Override
    default List<String> proofWrong(AuthFailure.ProofWrong failure) {
        return List.of("the proof in the server's Success is not that of our password");
    }

    static List<String> clauses(Refusal refusal) {
        String user = "user name \"" + refusal.user() + "\"";
        int error = refusal.error();
        String code = error == 0 ? "" : " with E=" + error + ", " + MsChapFailure.words(error);
        String refused =
                switch (refusal.verdict()) {
                    case CHAP_FAILURE, FAILURE_INSIDE_EAP -> "the server refused " + user + code;
                    case PAP_NAK -> "the server refused " + user + " with a PAP Authenticate-Nak";
                    case EAP_FAILURE -> "the server refused " + user + " with an EAP-Failure";
                    case EAP_FAILURE_UNASKED ->
                        "the server refused " + user + " with an EAP-Failure before it asked for a proof";
                    case EAP_FAILURE_AFTER_PROOF ->
                        "the server refused " + user + " with an EAP-Failure after it took the password";
                    case OURS -> "refused " + user + code;
                };
        return refusal.said().isEmpty() ? List.of(refused) : List.of(refused, "it says \"" + refusal.said() + "\"");
    }

    private static String labels(Collection<AuthMethod> methods) {
        return methods.stream().map(AuthMethod::label).collect(Collectors.joining(" or "));
    }
}
