package org.jpptp.ppp;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a peer offered when it did not take what policy allows.
 *
 * @param strengths the key lengths that it named, empty for no encryption
 * @param mode the mode that it named
 * @param mppc whether it named compression (RFC 2118)
 */
public record MppeOffer(Set<MppeStrength> strengths, MppeMode mode, boolean mppc) {
    /** An offer of encryption without compression. */
    public static MppeOffer of(Set<MppeStrength> strengths, MppeMode mode) {
        return new MppeOffer(strengths, mode, false);
    }

    public MppeOffer {
        // In order, so that it reads the same each time.
        strengths = Collections.unmodifiableSet(new TreeSet<>(strengths));
    }

    /** This one, with compression. */
    public MppeOffer withMppc() {
        return new MppeOffer(strengths, mode, true);
    }

    /** For people: "40-bit stateful with MPPC". */
    public String label() {
        if (strengths.isEmpty()) {
            return mppc ? "MPPC without encryption" : "no encryption";
        }
        return strengths.stream().map(strength -> strength.bits() + "-bit").collect(Collectors.joining(" or "))
                + (mode == MppeMode.STATELESS ? " stateless" : " stateful")
                + (mppc ? " with MPPC" : "");
    }
}
