package org.jpptp.ppp;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which encryption and compression may be agreed to.
 *
 * @param required whether the link ends when none is agreed on
 * @param strengths the key lengths allowed; empty to Reject MPPE altogether
 * @param modes the modes allowed
 * @param mppc whether datagrams may be compressed (RFC 2118), with encryption or, where none is required, without
 */
public record MppePolicy(boolean required, Set<MppeStrength> strengths, Set<MppeMode> modes, boolean mppc) {
    /** The secure default: 128 bits, stateless, or no link. */
    public static final MppePolicy REQUIRE_128_STATELESS =
            new MppePolicy(true, EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS));

    /** No encryption: CCP is refused. */
    public static final MppePolicy NONE = new MppePolicy(false, Set.of(), Set.of());

    /** A policy without compression. */
    public MppePolicy(boolean required, Set<MppeStrength> strengths, Set<MppeMode> modes) {
        this(required, strengths, modes, false);
    }

    /** A policy of encryption or no link, without compression. */
    public static MppePolicy require(Set<MppeStrength> strengths, Set<MppeMode> modes) {
        return new MppePolicy(true, strengths, modes);
    }

    /** Encryption where the peer wants it; without compression. */
    public static MppePolicy permit(Set<MppeStrength> strengths, Set<MppeMode> modes) {
        return new MppePolicy(false, strengths, modes);
    }

    public MppePolicy {
        strengths = Set.copyOf(strengths);
        modes = Set.copyOf(modes);
    }

    /** This one, with compression. */
    public MppePolicy withMppc() {
        return new MppePolicy(required, strengths, modes, true);
    }

    /** What is allowed, for people: "128-bit stateless". */
    public String label() {
        if (strengths.isEmpty()) {
            return "none";
        }
        return strengths.stream()
                        .sorted()
                        .map(strength -> strength.bits() + "-bit")
                        .collect(Collectors.joining(" or "))
                + " "
                + modes.stream()
                        .sorted()
                        .map(mode -> mode == MppeMode.STATELESS ? "stateless" : "stateful")
                        .collect(Collectors.joining(" or "))
                + (mppc ? ", with MPPC or without" : "");
    }
}
