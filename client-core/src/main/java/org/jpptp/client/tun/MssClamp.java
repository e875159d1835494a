package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;

/**
 * Lowers the maximum segment size that the ends of a TCP connection tell each other (RFC 9293 §3.7.1) to what fits into the
 * tunnel: in SYN of both directions, over IPv4 and IPv6, whoever sends them. All others cost a look at the protocol, or at one flag.
 */
public final class MssClamp {
    private static final int SYN = 0x02;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;
    private static final int OPTION_OCTETS = 4;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_OFFSET = 0x1FFF;
    private static final int IPV6_NEXT_HEADER = 6;
    /** How much longer IPv6's header is. */
    private static final int IPV6_MORE = TransportHeaders.IPV6_OCTETS - TransportHeaders.IPV4_OCTETS;

    private int most;
    private long clamped;

    /**
     * Begins, or goes on with another limit.
     *
     * @param octets the most of a segment over IPv4, 0 for no limit
     */
    public void limit(int octets) {
        most = octets;
    }

    /** How many segments were changed. */
    public long clamped() {
        return clamped;
    }

    /** Looks at one datagram, and changes it where it says too much. */
    public void clamp(ByteBuf datagram) {
        options(datagram, headerBeforeSyn(datagram));
    }

    /** How many octets there are before TCP's header, where that says SYN; 0 for what is left alone. */
    private int headerBeforeSyn(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (most == 0 || length < TransportHeaders.IPV4_OCTETS + TransportHeaders.TCP_OCTETS) {
            return 0;
        }
        int at = datagram.readerIndex();
        int first = datagram.getByte(at);
        int header = (first & 0xF0) == 0x40 ? (first & 0xF) << 2 : TransportHeaders.IPV6_OCTETS;
        boolean isTcp = (first & 0xF0) == 0x40
                ? header >= TransportHeaders.IPV4_OCTETS
                        && datagram.getByte(at + IPV4_PROTOCOL) == TransportHeaders.TCP
                        && (datagram.getShort(at + IPV4_FRAGMENT) & IPV4_OFFSET) == 0
                : (first & 0xF0) == 0x60 && datagram.getByte(at + IPV6_NEXT_HEADER) == TransportHeaders.TCP;
        return isTcp
                        && length >= header + TransportHeaders.TCP_OCTETS
                        && (datagram.getByte(at + header + TransportHeaders.TCP_FLAGS) & SYN) != 0
                ? header
                : 0;
    }

    private void options(ByteBuf datagram, int header) {
        if (header == 0) {
            return;
        }
        int at = datagram.readerIndex();
        int limit = (datagram.getByte(at) & 0xF0) == 0x40 ? most : most - IPV6_MORE;
        int tcp = at + header;
        int end = tcp
                + Math.min(
                        datagram.readableBytes() - header,
                        (datagram.getByte(tcp + TransportHeaders.TCP_OFFSET) & 0xF0) >> 2);
        int option = tcp + TransportHeaders.TCP_OCTETS;
        while (option + OPTION_OCTETS <= end) {
            int kind = datagram.getByte(option);
            if (kind == END_OF_OPTIONS) {
                return;
            }
            int octets = kind == NO_OPERATION ? 1 : datagram.getUnsignedByte(option + 1);
            if (octets == 0) {
                return;
            }
            if (kind == MAXIMUM_SEGMENT_SIZE && octets == OPTION_OCTETS) {
                lower(datagram, tcp, option + 2, limit);
                return;
            }
            option += octets;
        }
    }

    /** The checksum follows the difference (RFC 1624); one that was wrong stays so. */
    private void lower(ByteBuf datagram, int tcp, int at, int limit) {
        int said = datagram.getUnsignedShort(at);
        if (said <= limit) {
            return;
        }
        clamped++;
        datagram.setShort(at, limit);
        int checksum = tcp + TransportHeaders.TCP_CHECKSUM;
        // Options may begin at odd octets, and a sum is of pairs: then the octets stand the other way round.
        boolean isOdd = (at - tcp & 1) != 0;
        int sum = (~datagram.getUnsignedShort(checksum) & 0xFFFF)
                + (~inPairs(said, isOdd) & 0xFFFF)
                + inPairs(limit, isOdd);
        sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
        sum = (sum & 0xFFFF) + (sum >>> Short.SIZE);
        datagram.setShort(checksum, ~sum);
    }

    private static int inPairs(int number, boolean isOdd) {
        return isOdd ? (number & 0xFF) << Byte.SIZE | number >>> Byte.SIZE : number;
    }
}
