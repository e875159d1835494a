package org.jpptp.ppp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A control packet: code, identifier, length, data (RFC 1661 §5), which LCP, CCP and IPCP share.
 *
 * @param code 0…255
 * @param id 0…255
 * @param data what follows the length field, without trailing padding; borrowed from the packet that was parsed
 */
public record ControlPacket(int code, int id, ByteBuf data) implements ControlPacketResult {
    public static final int CONFIGURE_REQUEST = 1;
    public static final int CONFIGURE_ACK = 2;
    public static final int CONFIGURE_NAK = 3;
    public static final int CONFIGURE_REJECT = 4;
    public static final int TERMINATE_REQUEST = 5;
    public static final int TERMINATE_ACK = 6;
    public static final int CODE_REJECT = 7;
    public static final int PROTOCOL_REJECT = 8;
    public static final int ECHO_REQUEST = 9;
    public static final int ECHO_REPLY = 10;
    public static final int DISCARD_REQUEST = 11;
    public static final int IDENTIFICATION = 12;
    public static final int TIME_REMAINING = 13;
    /** CCP only (RFC 1962 §3). */
    public static final int RESET_REQUEST = 14;

    /** CCP only (RFC 1962 §3). */
    public static final int RESET_ACK = 15;

    /** Octets of code, identifier and length. */
    public static final int HEADER = 4;

    /** Free octets in front of what {@link #encode} returns: room for PPP's fields and the transport's. */
    public static final int HEADROOM = 64;

    /**
     * Builds a packet.
     *
     * @param data at most 65531 octets
     * @return a buffer of its own on the heap, which needs no release
     */
    public static ByteBuf encode(int code, int id, byte... data) {
        int length = HEADER + data.length;
        ByteBuf packet = Unpooled.buffer(HEADROOM + length).setIndex(HEADROOM, HEADROOM);
        return packet.writeByte(code).writeByte(id).writeShort(length).writeBytes(data);
    }

    /**
     * Checks and splits a packet.
     *
     * @param packet readable octets are the packet and perhaps padding; its indexes are left alone
     */
    public static ControlPacketResult parse(ByteBuf packet) {
        int available = packet.readableBytes();
        if (available < HEADER) {
            return ControlPacketResult.Malformed.TOO_SHORT;
        }
        int start = packet.readerIndex();
        int length = packet.getUnsignedShort(start + 2);
        if (length < HEADER || length > available) {
            return ControlPacketResult.Malformed.BAD_LENGTH;
        }
        return new ControlPacket(
                packet.getUnsignedByte(start),
                packet.getUnsignedByte(start + 1),
                packet.slice(start + HEADER, length - HEADER));
    }
}
