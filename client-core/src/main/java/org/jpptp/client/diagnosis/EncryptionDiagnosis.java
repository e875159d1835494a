package org.jpptp.client.diagnosis;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/** What it means to a user that encryption did not come about. */
final class EncryptionDiagnosis {
    private static final Remedy OPT_OUT = Remedy.of(" As the last resort, ")
            .set(Setting.MPPE, "none")
            .say(" goes on with nothing encrypted, readable to everybody on the way.");

    private EncryptionDiagnosis() {}

    /**
     * No encryption was agreed on.
     *
     * @param allowed what policy allows
     */
    static Failure refused(PppFailure failure, MppePolicy allowed) {
        MppeOffer offered = lastOffer(failure);
        return Failure.of(
                FailureReason.ENCRYPTION_REFUSED,
                Sentences.told(
                        "The server refuses the encryption that is required (" + words(allowed) + ")",
                        LinkEvidence.clauses(failure)),
                offered == null || offered.strengths().isEmpty()
                        ? Remedy.of("Enable MPPE on the server (pppd: require-mppe-128; Windows: require encryption).")
                                .with(OPT_OUT)
                        : accepting(allowed, offered));
    }

    /** What the server offered last, null for nothing. */
    private static @Nullable MppeOffer lastOffer(PppFailure failure) {
        return failure instanceof EncryptionFailure.Refused refused
                ? refused.terms().lastOffered()
                : null;
    }

    /** The server has no keys, or others than we. */
    static Failure keysDiffer(PppFailure failure) {
        return Failure.of(
                FailureReason.KEYS_WRONG,
                Sentences.told("The server's encryption keys are missing or wrong", LinkEvidence.clauses(failure)),
                Remedy.of("If it asks a RADIUS server, let that return the MPPE keys (MS-MPPE-Send-Key and"
                                + " MS-MPPE-Recv-Key, RFC 2548).")
                        .with(OPT_OUT));
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

    /** The settings that would have come to an agreement: the strongest of what was offered, and no more. */
    private static Remedy accepting(MppePolicy allowed, MppeOffer offered) {
        Set<MppeStrength> strengths = offered.strengths();
        Remedy settings = Remedy.NONE;
        if (strengths.stream().noneMatch(allowed.strengths()::contains)) {
            MppeStrength strongest =
                    strengths.stream().max(Comparator.naturalOrder()).orElseThrow();
            settings = settings.say(" ").set(Setting.MPPE, Integer.toString(strongest.bits()));
        }
        if (!allowed.modes().contains(offered.mode())) {
            settings = settings.say(" ").set(Setting.MPPE_MODE, "any");
        }
        return settings.isEmpty()
                ? Remedy.of("Enable MPPE on the server for both directions.").with(OPT_OUT)
                : Remedy.of("Accept what it offers with")
                        .with(settings)
                        .say(", which is weaker, or enable " + words(allowed) + " on the server.");
    }
}
