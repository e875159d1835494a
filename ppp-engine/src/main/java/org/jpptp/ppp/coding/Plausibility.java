package org.jpptp.ppp.coding;

import io.netty.buffer.ByteBuf;

/**
 * Tells a datagram from what a wrong key makes of one. MPPE has no integrity check; the headers of IP have one: chance
 * passes here less than once in 10⁸ times.
 *
 * <p>Of the network-layer protocols only IPv4 and IPv6 are known. Any other cannot be told from garbage, and no link of
 * ours negotiates any.
 */
public final class Plausibility {
    /** The octets that {@link #test} looks at: at most a protocol field and the longest IPv4 header, in whole words. */
    public static final int HEAD_OCTETS = 64;

    private static final int IPV4 = 0x21;
    private static final int IPV6 = 0x57;
    private static final int IPV4_HEADER_OCTETS = 20;
    private static final int IPV6_HEADER_OCTETS = 40;

    private Plausibility() {}

    /**
     * Whether this is a protocol field, compressed or not, and a datagram of that protocol.
     *
     * @param length octets of both; those after the first {@link #HEAD_OCTETS} may still be encrypted
     */
    public static boolean test(ByteBuf frame, int index, int length) {
        // An odd octet ends a protocol field (RFC 1661 §2).
        int field = (frame.getByte(index) & 1) != 0 ? 1 : 2;
        if (length <= field) {
            return false;
        }
        int protocol = field == 1 ? frame.getUnsignedByte(index) : frame.getUnsignedShort(index);
        return switch (protocol) {
            case IPV4 -> ipv4(frame, index + field, length - field);
            case IPV6 -> ipv6(frame, index + field, length - field);
            default -> false;
        };
    }

    /** RFC 791 §3.1: version, lengths, header checksum. */
    private static boolean ipv4(ByteBuf frame, int index, int length) {
        if (length < IPV4_HEADER_OCTETS || frame.getByte(index) >> 4 != 4) {
            return false;
        }
        int header = (frame.getByte(index) & 0x0f) * 4;
        int total = frame.getUnsignedShort(index + 2);
        if (header < IPV4_HEADER_OCTETS || header > total || total > length) {
            return false;
        }
        int sum = 0;
        for (int at = index; at < index + header; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        return (sum & 0xffff) + (sum >> 16) == 0xffff;
    }

    /** RFC 8200 §3 has no checksum: the length has to be exact instead. */
    private static boolean ipv6(ByteBuf frame, int index, int length) {
        return length >= IPV6_HEADER_OCTETS
                && frame.getByte(index) >> 4 == 6
                && frame.getUnsignedShort(index + 4) == length - IPV6_HEADER_OCTETS;
    }
}
