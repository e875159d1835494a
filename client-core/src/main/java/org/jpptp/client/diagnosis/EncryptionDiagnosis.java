package org.jpptp.client.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.AuthWords;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/** What it means to a user that encryption did not come about. */
final class EncryptionDiagnosis {
    private static final Remedy ENABLE =
            Remedy.of("Enable MPPE on the server (pppd: require-mppe-128; Windows: require encryption).");

    /** Only for a server that is known to go on without. */
    private static final Remedy OPT_OUT = Remedy.of(" As the last resort, ")
            .set(Setting.MPPE, "none")
            .say(" goes on with nothing encrypted, readable to everybody on the way.");

    /** Less is never advised once there was more: whoever ended it may wait for just that. */
    static final Remedy AS_BEFORE = Remedy.of("Connect again with the same settings, and allow nothing weaker. If it"
            + " repeats, look for who interferes on the way, or ask the server's administrator.");

    private EncryptionDiagnosis() {}

    /**
     * No encryption was agreed on, or what was agreed on was taken back.
     *
     * @param allowed what policy allows
     */
    static Failure refused(PppFailure failure, MppePolicy allowed, Background background) {
        List<String> seen = LinkEvidence.clauses(failure);
        if (background.encrypted() || failure instanceof EncryptionFailure.EncryptionRenegotiated) {
            return Failure.of(
                    FailureReason.ENCRYPTION_REFUSED,
                    Sentences.told(
                            "Encryption was agreed on, then ended by the server or by somebody in between", seen),
                    AS_BEFORE);
        }
        String required = " (" + words(allowed) + ")";
        return failure instanceof EncryptionFailure.NoKeys keyless
                ? Failure.of(
                        FailureReason.ENCRYPTION_REFUSED,
                        Sentences.told("There are no keys for the encryption that is required" + required, seen),
                        withoutKeys(keyless))
                : Failure.of(
                        FailureReason.ENCRYPTION_REFUSED,
                        Sentences.told("The server refuses the encryption that is required" + required, seen),
                        remedy(failure, allowed));
    }

    private static Remedy withoutKeys(EncryptionFailure.NoKeys failure) {
        return switch (failure.lack()) {
            case METHOD_WITHOUT_KEYS -> Remedy.of("Enable MS-CHAPv2 on the server, which makes keys.");
            case OTHER_STRENGTH ->
                Remedy.of("Allow longer keys with ")
                        .set(Setting.MPPE, "128")
                        .say(", or enable MS-CHAPv2 on the server.");
        };
    }

    private static Remedy remedy(PppFailure failure, MppePolicy allowed) {
        MppeOffer offered = lastOffer(failure);
        if (offered != null && !offered.strengths().isEmpty()) {
            return accepting(allowed, offered);
        }
        return goesOnWithout(failure) ? ENABLE.with(OPT_OUT) : ENABLE;
    }

    /** Whether the server has shown that it has no encryption, and not only that it does not want ours. */
    private static boolean goesOnWithout(PppFailure failure) {
        return failure instanceof EncryptionFailure.MppeRejected
                || (failure instanceof EncryptionFailure.EncryptionRefused refused
                        && refused.how() != EncryptionFailure.How.PACKETS_REJECTED);
    }

    /** What the server offered last, null for nothing. */
    private static @Nullable MppeOffer lastOffer(PppFailure failure) {
        return failure instanceof EncryptionFailure.Refused refused
                ? refused.terms().lastOffered()
                : null;
    }

    /** The server requires encryption, and none that it takes is allowed. */
    static Failure demanded(EncryptionFailure.EncryptionDemanded failure, Background background) {
        MppePolicy allowed = failure.terms().allowed();
        String sentence = Sentences.told(
                "The server requires encryption" + (allowed.strengths().isEmpty() ? "" : " other than is allowed"),
                LinkEvidence.clauses(failure));
        return new Failure(FailureReason.ENCRYPTION_REFUSED, sentence, allowing(failure, background), 741);
    }

    private static Remedy allowing(EncryptionFailure.EncryptionDemanded failure, Background background) {
        if (background.keyless()) {
            return Remedy.of("Encryption takes its keys from MS-CHAP: log on with ")
                    .set(Setting.AUTH, AuthWords.word(AuthMethod.MSCHAPV2))
                    .say(" ")
                    .set(Setting.MPPE, "128")
                    .say(", if the server speaks it.");
        }
        MppeOffer offered = failure.terms().lastOffered();
        Remedy settings = offered == null || offered.strengths().isEmpty()
                ? Remedy.NONE.say(" ").set(Setting.MPPE, "128")
                : settings(failure.terms().allowed(), offered);
        return settings.isEmpty()
                ? Remedy.of("Leave out what lets encryption be optional, or ask the server's administrator.")
                : Remedy.of("Allow encryption with").with(settings).say(".");
    }

    /** The server has no keys, or others than we. */
    static Failure keysDiffer(PppFailure failure) {
        return Failure.of(
                FailureReason.KEYS_WRONG,
                Sentences.told("The server's encryption keys are missing or wrong", LinkEvidence.clauses(failure)),
                Remedy.of("If it asks a RADIUS server, let that return the MPPE keys (MS-MPPE-Send-Key and"
                                + " MS-MPPE-Recv-Key, RFC 2548).")
                        .with(
                                failure instanceof EncryptionFailure.EndedBeforeCcp ended
                                                && ended.said().isEmpty()
                                        ? Remedy.of(" Else its address pool or a limit on connections may be used up;"
                                                + " its log has the reason.")
                                        : Remedy.NONE));
    }

    /** The keys are the same, and one side does not know any longer how often the other has changed them. */
    static Failure outOfStep(PppFailure failure, String server) {
        return Failure.of(
                FailureReason.LINK_LOST,
                Sentences.told("Encryption has lost step with the server " + server, LinkEvidence.clauses(failure)),
                "Connect again, which begins with new keys. Thousands of packets lost in one piece do this; if it"
                        + " repeats, look for what loses them on the way.");
    }

    private static String words(MppePolicy policy) {
        String bits = policy.strengths().stream()
                .sorted(Comparator.reverseOrder())
                .map(strength -> Integer.toString(strength.bits()))
                .collect(Collectors.joining("/"));
        String how = policy.modes().size() > 1
                ? "stateless or stateful"
                : policy.modes().contains(MppeMode.STATEFUL) ? "stateful" : "stateless";
        return "MPPE " + bits + "-bit " + how;
    }

    /** The settings that would have come to an agreement, with what is given up for it. */
    private static Remedy accepting(MppePolicy allowed, MppeOffer offered) {
        Remedy settings = settings(allowed, offered);
        if (settings.isEmpty()) {
            return Remedy.of("Enable MPPE on the server for both directions.");
        }
        return isWeaker(allowed, offered)
                ? Remedy.of("Enable " + words(allowed)
                                + " on the server. If you trust every host on the way, accept what it offers with")
                        .with(settings)
                        .say(", which is weaker.")
                : Remedy.of("Accept what it offers with").with(settings).say(", which is no weaker.");
    }

    /** Whether the keys of an offer are shorter than all that are allowed, or its mode is not allowed and the worse one. */
    private static boolean isWeaker(MppePolicy allowed, MppeOffer offered) {
        boolean shorter = allowed.strengths().stream().allMatch(strength -> strength.compareTo(strongest(offered)) > 0);
        boolean stateful =
                offered.mode() == MppeMode.STATEFUL && !allowed.modes().contains(MppeMode.STATEFUL);
        return shorter || stateful;
    }

    /** The strongest of what was offered, and no more. */
    private static Remedy settings(MppePolicy allowed, MppeOffer offered) {
        Set<MppeStrength> strengths = offered.strengths();
        Remedy settings = Remedy.NONE;
        if (strengths.stream().noneMatch(allowed.strengths()::contains)) {
            settings = settings.say(" ")
                    .set(Setting.MPPE, Integer.toString(strongest(offered).bits()));
        }
        boolean stateless = offered.mode() == MppeMode.STATELESS;
        boolean byDefault = stateless && allowed.modes().isEmpty();
        if (!allowed.modes().contains(offered.mode()) && !byDefault) {
            // The other direction may well take the better mode.
            settings = settings.say(" ").set(Setting.MPPE_MODE, stateless ? "stateless" : "any");
        }
        return settings;
    }

    private static MppeStrength strongest(MppeOffer offered) {
        return offered.strengths().stream().max(Comparator.naturalOrder()).orElseThrow();
    }
}
