package org.jpptp.client.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.AuthWords;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Setting;
import org.jpptp.client.diagnosis.ProbeDiagnosis;
import org.jpptp.client.vendor.Vendor;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;

/**
 * With which settings a tunnel would come up.
 *
 * @param settings in the order in which they are written; none where the defaults will do
 * @param givesUp what that gives up, a sentence each
 * @param guess whether the encryption is what such servers mostly want, and not what this one has said
 */
public record Advice(List<Choice> settings, List<String> givesUp, boolean guess) {
    /** A setting and its value. */
    public record Choice(Setting setting, String value) {}

    public Advice {
        settings = List.copyOf(settings);
        givesUp = List.copyOf(givesUp);
    }

    /** What follows from a report; empty where no setting helps, or where nothing is known. */
    public static Optional<Advice> of(ProbeReport report) {
        boolean unknown = report.link().request().isEmpty() || report.failure() != null;
        return unknown ? Optional.empty() : Optional.of(new Making(report).made());
    }

    private static final class Making {
        private final ProbeReport report;
        private final List<Choice> settings = new ArrayList<>();
        private final List<String> givesUp = new ArrayList<>();

        Making(ProbeReport report) {
            this.report = report;
        }

        Advice made() {
            boolean keys = LinkAims.proves(report.link());
            if (!keys) {
                AuthMethod best = LinkAims.usable(report.link()).get(0);
                set(Setting.AUTH, AuthWords.word(best));
                set(Setting.ALLOW_WEAK, AuthWords.word(best));
                givesUp.add(ProbeDiagnosis.givesUp(best));
                keys = best.yieldsKeys();
            }
            boolean guess = false;
            ProbeReport.Encryption seen = report.encryption();
            if (!keys) {
                clear();
            } else if (seen != null && seen.isShown()) {
                encryption(seen);
            } else {
                guess = true;
                report.vendor().ifPresent(this::usual);
            }
            ProbeReport.Path path = report.path();
            // Where only the server's MRU was in the way, the tunnel follows that by itself.
            if (path.limited() && path.datagram() < NetworkSettings.DEFAULT_MTU) {
                set(Setting.MTU, Integer.toString(Math.max(576, path.datagram())));
            }
            return new Advice(settings, givesUp, guess);
        }

        private void set(Setting setting, String value) {
            settings.add(new Choice(setting, value));
        }

        private void clear() {
            set(Setting.MPPE, "none");
            givesUp.add(ProbeDiagnosis.CLEAR);
        }

        /** The most that the server has. */
        private void encryption(ProbeReport.Encryption seen) {
            Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
            Set<MppeMode> modes = EnumSet.noneOf(MppeMode.class);
            PppEvent.EncryptionSettled settled = seen.settled();
            PppEvent.Coding coding = settled == null ? null : settled.send();
            MppeStrength agreed = coding == null ? null : coding.strength();
            if (coding != null && agreed != null) {
                strengths.add(agreed);
                modes.add(coding.mode());
            }
            for (MppeOffer offer : settled != null && agreed == null ? List.<MppeOffer>of() : seen.offers()) {
                strengths.addAll(offer.strengths());
                modes.add(offer.mode());
            }
            if (strengths.isEmpty()) {
                clear();
                return;
            }
            strength(agreed == null ? strongest(strengths) : agreed);
            if (!modes.contains(MppeMode.STATELESS)) {
                set(Setting.MPPE_MODE, "any");
                givesUp.add(ProbeDiagnosis.STATEFUL);
            }
        }

        private static MppeStrength strongest(Set<MppeStrength> strengths) {
            return Collections.max(strengths, Comparator.comparingInt(MppeStrength::bits));
        }

        private void strength(MppeStrength strength) {
            if (strength != MppeStrength.BITS_128) {
                set(Setting.MPPE, Integer.toString(strength.bits()));
                givesUp.add(ProbeDiagnosis.shortKeys(strength));
            }
        }

        private void usual(Vendor vendor) {
            for (MppeStrength strength : MppeStrength.values()) {
                if (vendor.mppe().equals(Integer.toString(strength.bits()))) {
                    strength(strength);
                }
            }
            if (!vendor.mppeMode().isEmpty()) {
                set(Setting.MPPE_MODE, vendor.mppeMode());
                givesUp.add(ProbeDiagnosis.STATEFUL);
            }
        }
    }
}
