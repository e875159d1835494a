package org.jpptp.client.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.client.AuthWords;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;

/** What the end of an authentication means to a user. */
final class AuthDiagnosis {
    private static final Remedy ENABLE = Remedy.of("Enable MS-CHAPv2 on the server");

    private AuthDiagnosis() {}

    /** The server insists on a method that policy refuses. */
    static Failure methodRefused(PppFailure failure, PolicySettings policy, Background background) {
        if (background.authenticated() != null || failure instanceof AuthFailure.MethodWeakened) {
            return Failure.of(
                    FailureReason.AUTH_METHOD_REFUSED,
                    Sentences.told(
                            "The server, or somebody in between, took back the authentication that was agreed on",
                            LinkEvidence.clauses(failure)),
                    EncryptionDiagnosis.AS_BEFORE);
        }
        return Failure.of(
                FailureReason.AUTH_METHOD_REFUSED,
                Sentences.told("The server's way of authentication is not allowed", LinkEvidence.clauses(failure)),
                remedy(failure, policy));
    }

    private static Remedy remedy(PppFailure failure, PolicySettings policy) {
        if (failure instanceof AuthFailure.MethodRefused refused) {
            return remedy(refused.asked(), policy);
        }
        return failure instanceof AuthFailure.EapMethodRefused refused
                ? remedy(refused.proposed(), policy)
                : ENABLE.say(".");
    }

    /**
     * What would let the server's demand pass.
     *
     * <p>Of several demands the strongest counts, whatever the order: the server is known to take it, and less is given
     * up for it. EAP leaves its method open, and counts where nothing else is known.
     */
    private static Remedy remedy(List<AuthDemand> asked, PolicySettings policy) {
        return asked.stream()
                .flatMap(demand -> Stream.ofNullable(demand.method()))
                .min(Comparator.naturalOrder())
                .or(() -> asked.stream().anyMatch(demand -> demand.protocol() == AuthProtocol.EAP)
                        ? Optional.of(AuthMethod.EAP_MSCHAPV2)
                        : Optional.empty())
                .map(method -> remedy(method, policy))
                .orElseGet(() -> ENABLE.say("; no option allows what it asks for."));
    }

    private static Remedy remedy(AuthMethod method, PolicySettings policy) {
        boolean named = policy.auth().contains(method);
        if (!AuthWords.isWeak(method)) {
            return named
                    ? ENABLE.say(".")
                    : ENABLE.say(", or ")
                            .add(Setting.AUTH, AuthWords.word(method))
                            .say(".");
        }
        Remedy settings = Remedy.NONE;
        if (!named) {
            settings = settings.say(" ").set(Setting.ALLOW_WEAK, AuthWords.word(method));
        }
        if (!method.yieldsKeys() && policy.mppe().required()) {
            settings = settings.say(" ").set(Setting.MPPE, "none");
        }
        if (settings.isEmpty()) {
            return ENABLE.say(".");
        }
        if (!named && !policy.auth().containsAll(PolicySettings.DEFAULT.auth())) {
            settings = settings.say(", and ")
                    .add(Setting.AUTH, AuthWords.word(method))
                    .say(",");
        }
        return ENABLE.say(". If you trust every host on the way, add")
                .with(settings)
                .say(" to go on with " + method.label() + ". " + price(method));
    }

    private static String price(AuthMethod method) {
        return switch (method) {
            case PAP -> "It sends the password in clear, and encrypts nothing.";
            case CHAP_MD5, EAP_MD5 -> "It neither proves the server nor encrypts.";
            default -> "It does not prove the server.";
        };
    }

    /** Name or password are wrong. */
    static Failure rejected(PppFailure failure, String user) {
        return Failure.of(
                FailureReason.CREDENTIALS_REJECTED,
                Sentences.told(
                        "The server rejected the name or the password of \"" + user + "\"",
                        LinkEvidence.clauses(failure)),
                user.indexOf('\\') < 0
                        ? Remedy.of("Check both; a Windows server may want the domain too: ")
                                .set(Setting.USER, "DOMAIN\\" + user)
                                .say(".")
                        : Remedy.of("Check name, domain and password; repeated attempts may lock the account."));
    }

    /** Nobody has judged the password. */
    static Failure undecided(PppFailure failure) {
        List<String> seen = LinkEvidence.clauses(failure);
        Remedy remedy =
                Remedy.of("Its RADIUS or domain controller may not answer: ask its administrator, or try again.");
        return failure instanceof AuthFailure.Unchecked unchecked
                ? new Failure(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("The server could not check the password", seen),
                        remedy,
                        unchecked.refusal().error())
                : Failure.of(
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        Sentences.told("The server fell silent during authentication", seen),
                        remedy);
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
                    case 812, 913 -> "is refused by a policy of the server";
                    default -> "may not be used";
                };
        Remedy remedy =
                switch (error) {
                    case 646 ->
                        Remedy.of("Try again at an hour that the account permits, or ask the server's administrator.");
                    case 648 ->
                        insideEap(failure)
                                ? Remedy.of("Change it by other means, or try ")
                                        .set(Setting.AUTH, AuthWords.word(AuthMethod.MSCHAPV2))
                                        .say(" with ")
                                        .set(Setting.CHANGE_PASSWORD)
                                        .say(": inside EAP none is changed.")
                                : Remedy.of("Connect again with ")
                                        .set(Setting.CHANGE_PASSWORD)
                                        .say(", or change it by other means.");
                    case 649 -> Remedy.of("Let the server's administrator permit remote access to the account.");
                    case 709 ->
                        Remedy.of("Choose one that the server's rules permit: they may ask for length, for variety, or"
                                + " for one that was not used before.");
                    case 812 ->
                        Remedy.of(
                                "Ask the server's administrator which network policy (NPS) matched: it may want another"
                                        + " group, hour or way of authentication.");
                    case 913 -> Remedy.of("Let the server's administrator permit remote access on the server's ports.");
                    default -> Remedy.of("Ask the server's administrator.");
                };
        return new Failure(
                FailureReason.ACCOUNT_RESTRICTED,
                Sentences.told("The account \"" + user + "\" " + what, LinkEvidence.clauses(failure)),
                remedy,
                error == 0 ? FailureReason.ACCOUNT_RESTRICTED.windowsError() : error);
    }

    private static boolean insideEap(PppFailure failure) {
        return failure instanceof AuthFailure.AccountRestricted restricted
                && restricted.refusal().verdict() == Refusal.Verdict.FAILURE_INSIDE_EAP;
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
