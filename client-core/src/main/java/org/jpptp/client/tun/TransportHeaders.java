package org.jpptp.client.tun;

import java.nio.ByteBuffer;

/**
 * The headers of one datagram of TCP or UDP, as far as larger packets are cut from them or made of them. Everything is
 * worked out from the octets themselves. Used again for each datagram.
 */
final class TransportHeaders {
    static final int TCP = 6;
    static final int UDP = 17;

    // RFC 791 §3.1
    static final int IPV4_OCTETS = 20;
    static final int IPV4_LENGTH = 2;
    static final int IPV4_ID = 4;
    static final int IPV4_FRAGMENT = 6;
    static final int IPV4_DONT_FRAGMENT = 0x4000;
    static final int IPV4_TTL = 8;
    static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_ADDRESSES = 12;
    /** "More fragments", and the offset. */
    private static final int IPV4_FRAGMENTED = 0x3FFF;

    // RFC 8200 §3
    static final int IPV6_OCTETS = 40;
    static final int IPV6_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_ADDRESSES = 8;
    private static final int HOP_BY_HOP_OPTIONS = 0;
    private static final int DESTINATION_OPTIONS = 60;
    /** Lengths of extension headers are counted in these, less one. */
    private static final int EXTENSION_UNIT = 8;

    // RFC 9293 §3.1
    static final int TCP_OCTETS = 20;
    static final int TCP_SEQUENCE = 4;
    static final int TCP_ACKNOWLEDGEMENT = 8;
    static final int TCP_OFFSET = 12;
    static final int TCP_FLAGS = 13;
    static final int TCP_WINDOW = 14;
    static final int TCP_CHECKSUM = 16;
    static final int TCP_URGENT = 18;
    static final int FIN = 0x01;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int CWR = 0x80;

    // RFC 768
    static final int UDP_OCTETS = 8;
    static final int UDP_LENGTH = 4;
    static final int UDP_CHECKSUM = 6;

    private int version;
    private int protocol;
    private int ipLength;
    private int transportLength;

    /**
     * Reads them.
     *
     * @param at where the IP header begins
     * @param length of the whole datagram, which the headers must agree to
     * @return whether it is TCP or UDP, whole, and of the extension headers of IPv6 has only options: the others change what
     *     the checksum is of, or hide it
     */
    boolean parse(ByteBuffer packet, int at, int length) {
        if (length < IPV4_OCTETS) {
            return false;
        }
        version = packet.get(at) >> 4 & 0xF;
        return switch (version) {
            case 4 -> parseIpv4(packet, at, length) && parseTransport(packet, at, length);
            case 6 -> parseIpv6(packet, at, length) && parseTransport(packet, at, length);
            default -> false;
        };
    }

    private boolean parseIpv4(ByteBuffer packet, int at, int length) {
        ipLength = (packet.get(at) & 0xF) << 2;
        protocol = packet.get(at + IPV4_PROTOCOL);
        return ipLength >= IPV4_OCTETS
                && ipLength <= length
                && number(packet, at + IPV4_LENGTH) == length
                && (packet.getShort(at + IPV4_FRAGMENT) & IPV4_FRAGMENTED) == 0;
    }

    private boolean parseIpv6(ByteBuffer packet, int at, int length) {
        if (length < IPV6_OCTETS) {
            return false;
        }
        ipLength = IPV6_OCTETS;
        protocol = packet.get(at + IPV6_NEXT_HEADER);
        while (protocol == HOP_BY_HOP_OPTIONS || protocol == DESTINATION_OPTIONS) {
            if (ipLength + EXTENSION_UNIT > length) {
                return false;
            }
            protocol = packet.get(at + ipLength);
            ipLength += ((packet.get(at + ipLength + 1) & 0xFF) + 1) * EXTENSION_UNIT;
        }
        return number(packet, at + IPV6_LENGTH) == length - IPV6_OCTETS;
    }

    private boolean parseTransport(ByteBuffer packet, int at, int length) {
        int left = length - ipLength;
        if (protocol == TCP && left >= TCP_OCTETS) {
            transportLength = (packet.get(at + ipLength + TCP_OFFSET) & 0xF0) >> 2;
            return transportLength >= TCP_OCTETS && transportLength <= left;
        }
        transportLength = UDP_OCTETS;
        return protocol == UDP && left >= UDP_OCTETS && number(packet, at + ipLength + UDP_LENGTH) == left;
    }

    /** Sets the lengths that the IP header and UDP tell of the whole, and IPv4's own checksum. */
    void writeLengths(ByteBuffer packet, int at, int length) {
        if (isIpv4()) {
            packet.putShort(at + IPV4_LENGTH, (short) length).putShort(at + IPV4_CHECKSUM, (short) 0);
            int checksum = ~Checksum.fold(Checksum.sum(packet, at, ipLength));
            packet.putShort(at + IPV4_CHECKSUM, (short) checksum);
        } else {
            packet.putShort(at + IPV6_LENGTH, (short) (length - IPV6_OCTETS));
        }
        if (!isTcp()) {
            packet.putShort(at + ipLength + UDP_LENGTH, (short) (length - ipLength));
        }
    }

    /** The sum of the pseudo-header (RFC 9293 §3.1, RFC 8200 §8.1) of a datagram of this length. */
    long pseudoHeader(ByteBuffer packet, int at, int length) {
        int addresses = isIpv4() ? IPV4_ADDRESSES : IPV6_ADDRESSES;
        return Checksum.sum(packet, at + addresses, ipLengthWithoutOptions() - addresses)
                + Checksum.of(protocol)
                + Checksum.of(length - ipLength);
    }

    private int ipLengthWithoutOptions() {
        return isIpv4() ? IPV4_OCTETS : IPV6_OCTETS;
    }

    /** The same for all datagrams of a connection, and rarely for others. */
    int flowHash(ByteBuffer packet, int at) {
        int hash = packet.getInt(at + ipLength) ^ protocol;
        int end = at + ipLengthWithoutOptions();
        for (int i = at + (isIpv4() ? IPV4_ADDRESSES : IPV6_ADDRESSES); i < end; i += Integer.BYTES) {
            hash = hash * 31 + packet.getInt(i);
        }
        return hash;
    }

    /** Whether a datagram whose headers were read here has the addresses and ports of another of the same version. */
    boolean isSameFlow(ByteBuffer packet, int at, ByteBuffer other, int otherAt, int otherIpLength) {
        int end = ipLengthWithoutOptions();
        for (int i = isIpv4() ? IPV4_ADDRESSES : IPV6_ADDRESSES; i < end; i += Integer.BYTES) {
            if (packet.getInt(at + i) != other.getInt(otherAt + i)) {
                return false;
            }
        }
        return packet.getInt(at + ipLength) == other.getInt(otherAt + otherIpLength);
    }

    void copyOf(TransportHeaders other) {
        version = other.version;
        protocol = other.protocol;
        ipLength = other.ipLength;
        transportLength = other.transportLength;
    }

    boolean isSameKind(TransportHeaders other) {
        return version == other.version
                && protocol == other.protocol
                && ipLength == other.ipLength
                && transportLength == other.transportLength;
    }

    boolean isIpv4() {
        return version == 4;
    }

    /** Whether the datagram is TCP; otherwise it is UDP. */
    boolean isTcp() {
        return protocol == TCP;
    }

    /** Whether the IP header has options. */
    boolean hasOptions() {
        return ipLength != ipLengthWithoutOptions();
    }

    /** Octets of the IP header with its options. */
    int ipLength() {
        return ipLength;
    }

    /** Octets of all headers, options included. */
    int length() {
        return ipLength + transportLength;
    }

    /** Counted from the header of TCP or UDP. */
    int checksumOffset() {
        return isTcp() ? TCP_CHECKSUM : UDP_CHECKSUM;
    }

    static int number(ByteBuffer packet, int at) {
        return packet.getShort(at) & 0xFFFF;
    }
}
