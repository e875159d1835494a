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
    /** What {@link #find} returns where there is no datagram. */
    public static final int NOTHING = 0;
    /** The octets that {@link #find} looks at: at most a protocol field and the longest IPv4 header, in whole words. */
    public static final int HEAD_OCTETS = 64;

    private static final int IPV4 = 0x21;
    private static final int IPV6 = 0x57;
    private static final int IPV4_HEADER_OCTETS = 20;
    private static final int IPV6_HEADER_OCTETS = 40;

    private Plausibility() {}

    /**
     * Looks for a protocol field, compressed or not, and a datagram of that protocol.
     *
     * @param length octets of both; those after the first {@link #HEAD_OCTETS} may still be encrypted
     * @return what {@link #protocol}, {@link #offset} and {@link #length} tell of, or {@link #NOTHING}
     */
    public static int find(ByteBuf frame, int index, int length) {
        // An odd octet ends a protocol field (RFC 1661 §2).
        int field = (frame.getByte(index) & 1) != 0 ? 1 : 2;
        if (length <= field) {
            return NOTHING;
        }
        int protocol = field == 1 ? frame.getUnsignedByte(index) : frame.getUnsignedShort(index);
        int total =
                switch (protocol) {
                    case IPV4 -> ipv4(frame, index + field, length - field);
                    case IPV6 -> ipv6(frame, index + field, length - field);
                    default -> 0;
                };
        return total == 0 ? NOTHING : found(protocol, field, total);
    }

    /** What a datagram of a protocol, so many octets behind the index, is told of by. */
    public static int found(int protocol, int offset, int length) {
        return offset << 30 | protocol << 16 | length;
    }

    /** The PPP protocol number of what was found, that of IPv4 or IPv6. */
    public static int protocol(int found) {
        return found >> 16 & 0x3fff;
    }

    /** Octets of the protocol field before the datagram that was found. */
    public static int offset(int found) {
        return found >>> 30;
    }

    /** Octets of the datagram that was found; what follows is padding. */
    public static int length(int found) {
        return found & 0xffff;
    }

    /** RFC 791 §3.1: version, lengths, header checksum; the total length, or 0. */
    private static int ipv4(ByteBuf frame, int index, int length) {
        if (length < IPV4_HEADER_OCTETS || frame.getByte(index) >> 4 != 4) {
            return 0;
        }
        int header = (frame.getByte(index) & 0x0f) * 4;
        int total = frame.getUnsignedShort(index + 2);
        if (header < IPV4_HEADER_OCTETS || header > total || total > length) {
            return 0;
        }
        int sum = 0;
        for (int at = index; at < index + header; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        return (sum & 0xffff) + (sum >> 16) == 0xffff ? total : 0;
    }

    /** RFC 8200 §3 has no checksum: the length has to be exact instead. Returns it, or 0. */
    private static int ipv6(ByteBuf frame, int index, int length) {
        return length >= IPV6_HEADER_OCTETS
                        && frame.getByte(index) >> 4 == 6
                        && frame.getUnsignedShort(index + 4) == length - IPV6_HEADER_OCTETS
                ? length
                : 0;
    }
}
