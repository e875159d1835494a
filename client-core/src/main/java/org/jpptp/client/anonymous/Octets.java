package org.jpptp.client.anonymous;

/** Numbers in octets, the highest first, and the Internet checksum (RFC 1071, 1624). */
final class Octets {
    private Octets() {}

    static int u8(byte[] octets, int at) {
        return octets[at] & 0xFF;
    }

    static int u16(byte[] octets, int at) {
        return u8(octets, at) << 8 | u8(octets, at + 1);
    }

    static int i32(byte[] octets, int at) {
        return u16(octets, at) << 16 | u16(octets, at + 2);
    }

    static void put16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    static void put32(byte[] octets, int at, int value) {
        put16(octets, at, value >>> 16);
        put16(octets, at + 2, value);
    }

    static int sum(byte[] octets, int at, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) u8(octets, at + i) << ((i & 1) == 0 ? 8 : 0);
        }
        return fold(sum);
    }

    static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) folded;
    }

    /** The checksum once what it covers has another sum (RFC 1624 §3); a wrong one stays wrong. */
    static int adapt(int checksum, int before, int after) {
        return ~fold((~checksum & 0xFFFF) + (~before & 0xFFFFL) + after) & 0xFFFF;
    }
}
