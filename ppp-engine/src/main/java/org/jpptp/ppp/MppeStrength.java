package org.jpptp.ppp;

/** The key lengths of MPPE, with their bits in the CCP option (RFC 3078 §2). */
public enum MppeStrength {
    /** 40-bit session keys, eight octets with the salt D1 26 9E. */
    BITS_40(40, 0x00000020),
    /** 56-bit session keys, eight octets with the salt D1. */
    BITS_56(56, 0x00000080),
    /** 128-bit session keys, sixteen octets. */
    BITS_128(128, 0x00000040);

    private final int bits;
    private final int optionBit;

    MppeStrength(int bits, int optionBit) {
        this.bits = bits;
        this.optionBit = optionBit;
    }

    /** The length of the secret part, in bits. */
    public int bits() {
        return bits;
    }

    /** The bit of the supported-bits field: L, M or S. */
    public int optionBit() {
        return optionBit;
    }

    /** The length of a session key, in octets. */
    public int keyOctets() {
        return this == BITS_128 ? 16 : 8;
    }
}
