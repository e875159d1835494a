package org.jpptp.client.capture;

import java.nio.ByteBuffer;

/**
 * Makes the IP packets that a stream or a payload was carried in, as far as they matter to a reader: with right lengths and
 * checksums (RFC 791, 792, 1071, 9293). Addresses are IPv4's as numbers, the first octet the highest.
 */
final class IpPackets {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int GRE = 47;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    static final int HEADER = 20;
    private static final int TCP_HEADER = 20;
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int ICMP_HEADER = 8;
    private static final int IP_CHECKSUM_AT = 10;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int TTL = 64;
    private static final int WINDOW = 65535;
    /** Kind 2, length 4: what the far end may send at once; Ethernet's. */
    private static final int SEGMENT_SIZE = 0x020405B4;

    private int identification;

    /** One end of a TCP connection to the other, at one moment. */
    record Segment(
            int source,
            int sourcePort,
            int destination,
            int destinationPort,
            int sequence,
            int acknowledged,
            int flags) {}

    byte[] packet(int source, int destination, int protocol, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length);
        header(packet, source, destination, protocol, payload.length);
        packet.put(payload);
        return packet.array();
    }

    @SuppressWarnings("ByteBufferBackingArray") // it is one that was allocated here, from its beginning
    private void header(ByteBuffer packet, int source, int destination, int protocol, int length) {
        int start = packet.position();
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (HEADER + length));
        packet.putShort((short) identification++).putShort((short) DO_NOT_FRAGMENT);
        packet.put((byte) TTL).put((byte) protocol).putShort((short) 0);
        packet.putInt(source).putInt(destination);
        packet.putShort(start + IP_CHECKSUM_AT, (short) ~fold(sum(packet.array(), start, HEADER)));
    }

    byte[] segment(Segment of, byte[] data, int from, int length) {
        boolean opens = (of.flags() & SYN) != 0;
        int header = TCP_HEADER + (opens ? Integer.BYTES : 0);
        ByteBuffer packet = ByteBuffer.allocate(HEADER + header + length);
        header(packet, of.source(), of.destination(), TCP, header + length);
        packet.putShort((short) of.sourcePort()).putShort((short) of.destinationPort());
        packet.putInt(of.sequence()).putInt(of.acknowledged());
        packet.put((byte) ((header / 4) << 4)).put((byte) of.flags()).putShort((short) WINDOW);
        packet.putInt(0);
        if (opens) {
            packet.putInt(SEGMENT_SIZE);
        }
        packet.put(data, from, length);
        long sum = pseudoHeader(of.source(), of.destination(), TCP, header + length)
                + sum(packet.array(), HEADER, header + length);
        packet.putShort(HEADER + TCP_CHECKSUM_AT, (short) ~fold(sum));
        return packet.array();
    }

    /**
     * An ICMP error.
     *
     * @param info the second half of its header, such as the next hop's MTU
     * @param quoted the packet that it is about, of which header and eight octets are quoted
     */
    byte[] error(int source, int destination, int type, int code, int info, byte[] quoted) {
        int length = Math.min(quoted.length, HEADER + 8);
        ByteBuffer message = ByteBuffer.allocate(ICMP_HEADER + length);
        message.put((byte) type).put((byte) code).putShort((short) 0).putInt(info);
        message.put(quoted, 0, length);
        message.putShort(2, (short) ~fold(sum(message.array(), 0, message.capacity())));
        return packet(source, destination, ICMP, message.array());
    }

    static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (long) (source >>> 16)
                + (source & 0xFFFF)
                + (destination >>> 16)
                + (destination & 0xFFFF)
                + protocol
                + length;
    }

    static long sum(byte[] octets, int at, int length) {
        long sum = 0;
        int end = at + length;
        for (int i = at; i + 1 < end; i += 2) {
            sum += ((octets[i] & 0xFF) << 8) | (octets[i + 1] & 0xFF);
        }
        return (length & 1) == 0 ? sum : sum + ((octets[end - 1] & 0xFF) << 8);
    }

    /** To sixteen bits, not complemented. */
    static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) folded;
    }
}
