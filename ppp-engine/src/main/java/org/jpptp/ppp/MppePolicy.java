package org.jpptp.ppp;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which encryption may be agreed to.
 *
 * @param required whether the link ends when none is agreed on
 * @param strengths the key lengths allowed; empty to Reject MPPE altogether
 * @param modes the modes allowed
 */
public record MppePolicy(boolean required, Set<MppeStrength> strengths, Set<MppeMode> modes) {
    /** The secure default: 128 bits, stateless, or no link. */
    public static final MppePolicy REQUIRE_128_STATELESS =
            new MppePolicy(true, EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS));

    /** No encryption: CCP is refused. */
    public static final MppePolicy NONE = new MppePolicy(false, Set.of(), Set.of());

    public MppePolicy {
        strengths = Set.copyOf(strengths);
        modes = Set.copyOf(modes);
    }
}
