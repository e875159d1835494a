package org.jpptp.ppp.ccp;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent.Coding;
import org.jpptp.ppp.wire.ConfigOption;

/**
 * The supported-bits field of CCP option 18 (RFC 3078 §2).
 *
 * @param bits four octets, the most significant first
 */
record MppeOption(int bits) {
    static final int TYPE = 18;
    static final int VALUE_OCTETS = 4;

    private static final int STATELESS = 0x01000000;
    private static final int MPPC = 0x00000001;

    /** Every bit that any of these has. */
    static MppeOption of(List<Coding> codings) {
        int bits = 0;
        for (Coding coding : codings) {
            bits |= of(coding).bits;
        }
        return new MppeOption(bits);
    }

    /** What one direction does. */
    static MppeOption of(Coding coding) {
        MppeStrength strength = coding.strength();
        return new MppeOption((strength == null ? 0 : strength.optionBit())
                | (coding.mode() == MppeMode.STATELESS ? STATELESS : 0)
                | (coding.mppc() ? MPPC : 0));
    }

    ConfigOption option() {
        return ConfigOption.ofInt(TYPE, bits);
    }

    boolean stateless() {
        return (bits & STATELESS) != 0;
    }

    /** Whether no key length is named. */
    boolean none() {
        return strengths().isEmpty();
    }

    boolean names(MppeStrength strength) {
        return (bits & strength.optionBit()) != 0;
    }

    boolean mppc() {
        return (bits & MPPC) != 0;
    }

    MppeOffer offer() {
        return new MppeOffer(strengths(), stateless() ? MppeMode.STATELESS : MppeMode.STATEFUL, mppc());
    }

    private Set<MppeStrength> strengths() {
        Set<MppeStrength> named = EnumSet.noneOf(MppeStrength.class);
        for (MppeStrength strength : MppeStrength.values()) {
            if (names(strength)) {
                named.add(strength);
            }
        }
        return named;
    }
}
