package org.jpptp.gre.wire;

import io.netty.buffer.ByteBuf;

/**
 * A view of the IPv4 header (RFC 791 §3.1) that a raw socket leaves before what it receives. One object is used again for
 * every datagram; what it tells is valid after a {@link #parse} that answered {@link Result#OK}.
 */
public final class Ipv4Header {
    /** What {@link #parse} found. */
    public enum Result {
        OK,
        /** Fewer octets than the shortest header has. */
        TOO_SHORT,
        /** The version field is not 4. */
        NOT_IPV4,
        /** IHL is below five words, or beyond the octets there are. */
        BAD_HEADER_LENGTH,
        /** The total length is below the header's, or beyond the octets there are. */
        BAD_TOTAL_LENGTH,
        /** A part of a datagram. The kernel puts datagrams together before a raw socket sees them. */
        FRAGMENT
    }

    /** Octets without options. */
    public static final int MINIMUM_LENGTH = 20;

    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3FFF;

    private int payloadIndex;
    private int endIndex;
    private int protocol;
    private int source;

    /** Looks at the octets from the reader index on; moves nothing. */
    public Result parse(ByteBuf datagram) {
        int index = datagram.readerIndex();
        int readable = datagram.readableBytes();
        if (readable < MINIMUM_LENGTH) {
            return Result.TOO_SHORT;
        }
        int versionAndLength = datagram.getUnsignedByte(index);
        if (versionAndLength >> 4 != 4) {
            return Result.NOT_IPV4;
        }
        int headerLength = (versionAndLength & 0x0F) * 4;
        if (headerLength < MINIMUM_LENGTH || headerLength > readable) {
            return Result.BAD_HEADER_LENGTH;
        }
        int totalLength = datagram.getUnsignedShort(index + 2);
        if (totalLength < headerLength || totalLength > readable) {
            return Result.BAD_TOTAL_LENGTH;
        }
        if ((datagram.getUnsignedShort(index + 6) & MORE_FRAGMENTS_AND_OFFSET) != 0) {
            return Result.FRAGMENT;
        }
        payloadIndex = index + headerLength;
        endIndex = index + totalLength;
        protocol = datagram.getUnsignedByte(index + 9);
        source = datagram.getInt(index + 12);
        return Result.OK;
    }

    /** The buffer index of the first octet after header and options. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** The buffer index after the datagram's last octet; what is beyond it is padding of the link below. */
    public int endIndex() {
        return endIndex;
    }

    /** The protocol number, 47 for GRE. */
    public int protocol() {
        return protocol;
    }

    /** The source address, its first octet the highest. */
    public int source() {
        return source;
    }
}
