package org.jpptp.client.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.client.AuthWords;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppFailure;

/** What the end of an authentication means to a user. */
final class AuthDiagnosis {
    private static final String ENABLE = "Enable MS-CHAPv2 on the server";

    /** Where both are allowed, EAP is answered with MS-CHAPv2 first; not every server asks again then. */
    private static final String HELD_BACK = "; if it speaks EAP only, try --auth eap-mschapv2.";

    private AuthDiagnosis() {}

    /** The server insists on a method that policy refuses. */
    static Failure methodRefused(PppFailure failure, ClientConfig client) {
        return Failure.of(
                FailureReason.AUTH_METHOD_REFUSED,
                "The server's way of authentication is not allowed: " + LinkEvidence.line(failure) + ".",
                remedy(failure, client));
    }

    private static String remedy(PppFailure failure, ClientConfig client) {
        if (failure instanceof AuthFailure.MethodRefused refused) {
            return remedy(refused.asked(), client);
        }
        return failure instanceof AuthFailure.EapMethodRefused refused
                ? remedy(refused.proposed(), client)
                : ENABLE + ".";
    }

    /**
     * What would let the server's demand pass.
     *
     * <p>Of several demands the strongest counts, whatever the order: the server is known to take it, and less is given
     * up for it. EAP leaves its method open, and counts where nothing else is known.
     */
    private static String remedy(List<AuthDemand> asked, ClientConfig client) {
        return asked.stream()
                .flatMap(demand -> Stream.ofNullable(demand.method()))
                .min(Comparator.naturalOrder())
                .or(() -> asked.stream().anyMatch(demand -> demand.protocol() == AuthProtocol.EAP)
                        ? Optional.of(AuthMethod.EAP_MSCHAPV2)
                        : Optional.empty())
                .map(method -> remedy(method, client))
                .orElse(ENABLE + "; no option allows what it asks for.");
    }

    private static String remedy(AuthMethod method, ClientConfig client) {
        if (!AuthWords.isWeak(method)) {
            boolean heldBack =
                    method == AuthMethod.EAP_MSCHAPV2 && client.auth().contains(AuthMethod.MSCHAPV2);
            return client.auth().contains(method)
                    ? ENABLE + (heldBack ? HELD_BACK : ".")
                    : ENABLE + ", or name " + AuthWords.word(method) + " in --auth.";
        }
        List<String> options = new ArrayList<>();
        String named = "";
        if (!client.auth().contains(method)) {
            options.add(AuthWords.allowOption(method));
            if (!client.auth().containsAll(EnumSet.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2))) {
                named = ", and name " + AuthWords.word(method) + " in --auth,";
            }
        }
        if (!method.yieldsKeys() && client.mppe().required()) {
            options.add("--mppe none");
        }
        return options.isEmpty()
                ? ENABLE + "."
                : ENABLE + "; if you trust every host on the way, add " + String.join(" ", options) + named
                        + " to go on with " + method.label() + ", which " + price(method) + ".";
    }

    private static String price(AuthMethod method) {
        return switch (method) {
            case PAP -> "sends the password in clear and encrypts nothing";
            case CHAP_MD5, EAP_MD5 -> "neither proves the server nor encrypts";
            default -> "does not prove the server";
        };
    }

    /** Name or password are wrong. */
    static Failure rejected(PppFailure failure, String user) {
        return Failure.of(
                FailureReason.CREDENTIALS_REJECTED,
                "The server rejected the name or the password of \"" + user + "\": " + LinkEvidence.line(failure) + ".",
                user.indexOf('\\') < 0
                        ? "Check both; a Windows server may want the domain too: -u 'DOMAIN\\" + user + "'."
                        : "Check name, domain and password; repeated attempts may lock the account.");
    }

    /** The account may not be used. */
    static Failure restricted(PppFailure failure, String user) {
        int error = error(failure);
        String what =
                switch (error) {
                    case 646 -> "may not log on at this hour";
                    case 647 -> "is disabled";
                    case 648 -> "has a password that has expired";
                    case 649 -> "has no permission to dial in";
                    case 709 -> "could not change its password";
                    default -> "may not be used";
                };
        String remedy =
                switch (error) {
                    case 646 -> "Try again at an hour that the account permits, or ask the server's administrator.";
                    case 648 -> "Connect again with --change-password, or change it by other means.";
                    case 649 -> "Let the server's administrator permit remote access to the account.";
                    case 709 ->
                        "Choose one that the server's rules permit: they may ask for length, for variety, or for"
                                + " one that was not used before.";
                    default -> "Ask the server's administrator.";
                };
        return new Failure(
                FailureReason.ACCOUNT_RESTRICTED,
                "The account \"" + user + "\" " + what + ": " + LinkEvidence.line(failure) + ".",
                remedy,
                error == 0 ? FailureReason.ACCOUNT_RESTRICTED.windowsError() : error);
    }

    private static int error(PppFailure failure) {
        if (failure instanceof AuthFailure.NewPasswordTooLong change) {
            return change.refusal().error();
        }
        return failure instanceof AuthFailure.AccountRestricted restricted
                ? restricted.refusal().error()
                : 0;
    }
}
