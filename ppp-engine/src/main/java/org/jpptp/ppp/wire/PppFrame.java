package org.jpptp.ppp.wire;

import io.netty.buffer.ByteBuf;

/**
 * The octets in front of a packet: address, control and protocol fields (RFC 1661 §2, §6.5, §6.6).
 *
 * <p>Nothing here allocates: it runs for every datagram.
 */
public final class PppFrame {
    /** What {@link #parse} returns for a frame without a protocol number. */
    public static final int MALFORMED = -1;

    private static final int ADDRESS_AND_CONTROL = 0xFF03;

    private PppFrame() {}

    /**
     * Reads the protocol number, whether or not address and control fields are there and whichever length it has: peers
     * compress before they have agreed to.
     *
     * @param frame its reader index is moved to the first octet behind the protocol number
     * @return the protocol number, or {@link #MALFORMED}
     */
    public static int parse(ByteBuf frame) {
        if (frame.readableBytes() >= 2 && frame.getUnsignedShort(frame.readerIndex()) == ADDRESS_AND_CONTROL) {
            frame.skipBytes(2);
        }
        return parseProtocol(frame);
    }

    /** The same for a frame that cannot have address and control fields, such as the inside of an MPPE packet. */
    public static int parseProtocol(ByteBuf frame) {
        if (!frame.isReadable()) {
            return MALFORMED;
        }
        int first = frame.readUnsignedByte();
        if ((first & 1) != 0) {
            return first;
        }
        if (!frame.isReadable()) {
            return MALFORMED;
        }
        int protocol = first << 8 | frame.readUnsignedByte();
        // The low octet of a protocol number is odd (RFC 1661 §2).
        return (protocol & 1) != 0 ? protocol : MALFORMED;
    }

    /** Writes the fields in front of a control packet, which always has all of them in full (RFC 1661 §6.5, §6.6). */
    public static void prependWhole(ByteBuf packet, int protocol) {
        int start = packet.readerIndex() - 4;
        packet.setShort(start, ADDRESS_AND_CONTROL);
        packet.setShort(start + 2, protocol);
        packet.readerIndex(start);
    }

    /** Writes the protocol number in front of what is inside a compressed packet, in full, as every peer takes it. */
    public static void prependProtocol(ByteBuf packet, int protocol) {
        int start = packet.readerIndex() - 2;
        packet.setShort(start, protocol);
        packet.readerIndex(start);
    }

    /**
     * Writes the fields in front of a datagram.
     *
     * @param packet has at least four free octets before its reader index
     * @param pfc whether a protocol number below 0x100 may take one octet
     * @param acfc whether address and control fields may be left out
     */
    public static void prepend(ByteBuf packet, int protocol, boolean pfc, boolean acfc) {
        int start = packet.readerIndex();
        if (pfc && protocol < 0x100) {
            packet.setByte(--start, protocol);
        } else {
            start -= 2;
            packet.setShort(start, protocol);
        }
        if (!acfc) {
            start -= 2;
            packet.setShort(start, ADDRESS_AND_CONTROL);
        }
        packet.readerIndex(start);
    }
}
