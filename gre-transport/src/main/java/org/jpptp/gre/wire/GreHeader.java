package org.jpptp.gre.wire;

import io.netty.buffer.ByteBuf;

/**
 * The enhanced GRE header (RFC 2637 §4.1), read in place and written into the head-room before a payload. One object is
 * used again for every packet; what it tells is valid after a {@link #parse} that answered {@link Result#OK}.
 *
 * <pre>
 * 0  C R K S s Recur(3) | A Flags(4) Ver(3)
 * 2  protocol type 880B
 * 4  payload length
 * 6  call id of the receiver
 * 8  sequence number          when S
 *    acknowledgement number   when A, at 8 or 12
 * </pre>
 */
public final class GreHeader {
    /** What {@link #parse} found. */
    public enum Result {
        OK,
        /** Fewer octets than the flags announce. */
        TOO_SHORT,
        /** Not version 1 with protocol type 880B. */
        NOT_ENHANCED_GRE,
        /** The key is absent, or a flag is set that must be zero. */
        FORBIDDEN_FLAGS,
        /** The payload length goes beyond the packet. */
        BAD_PAYLOAD_LENGTH,
        /** Neither a sequence nor an acknowledgement number, or a payload without a sequence number. */
        INCONSISTENT
    }

    /** Octets of the longest header: both numbers present. */
    public static final int MAXIMUM_LENGTH = 16;

    /** Octets of a header with one number: a payload alone, or an acknowledgement alone. */
    public static final int ONE_NUMBER_LENGTH = 12;

    private static final int MINIMUM_LENGTH = 8;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGEMENT = 0x0080;
    private static final int VERSION_MASK = 0x0007;
    private static final int VERSION = 0x0001;
    private static final int PPP = 0x880B;

    private int payloadIndex;
    private int payloadLength;
    private boolean hasSequence;
    private int sequence;
    private boolean hasAcknowledgement;
    private int acknowledgement;

    /** Looks at the octets from {@code index} to before {@code end}; octets after the payload are padding. */
    public Result parse(ByteBuf packet, int index, int end) {
        int available = end - index;
        if (available < MINIMUM_LENGTH) {
            return Result.TOO_SHORT;
        }
        int flags = packet.getUnsignedShort(index);
        if ((flags & VERSION_MASK) != VERSION || packet.getUnsignedShort(index + 2) != PPP) {
            return Result.NOT_ENHANCED_GRE;
        }
        if ((flags & ~(SEQUENCE | ACKNOWLEDGEMENT)) != (KEY | VERSION)) {
            return Result.FORBIDDEN_FLAGS;
        }
        hasSequence = (flags & SEQUENCE) != 0;
        hasAcknowledgement = (flags & ACKNOWLEDGEMENT) != 0;
        int headerLength = MINIMUM_LENGTH + (hasSequence ? 4 : 0) + (hasAcknowledgement ? 4 : 0);
        if (headerLength > available) {
            return Result.TOO_SHORT;
        }
        payloadLength = packet.getUnsignedShort(index + 4);
        if (payloadLength > available - headerLength) {
            return Result.BAD_PAYLOAD_LENGTH;
        }
        if (!hasSequence && (!hasAcknowledgement || payloadLength != 0)) {
            return Result.INCONSISTENT;
        }
        payloadIndex = index + headerLength;
        sequence = hasSequence ? packet.getInt(index + 8) : 0;
        acknowledgement = hasAcknowledgement ? packet.getInt(payloadIndex - 4) : 0;
        return Result.OK;
    }

    /** The key's low half, the receiver's call id, of a packet from its reader index on; −1 where it is too short. */
    public static int callId(ByteBuf packet) {
        return packet.readableBytes() < MINIMUM_LENGTH ? -1 : packet.getUnsignedShort(packet.readerIndex() + 6);
    }

    /** The buffer index of the payload. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** Octets of the payload, padding excluded. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Whether there is a sequence number, and so a payload. */
    public boolean hasSequence() {
        return hasSequence;
    }

    public int sequence() {
        return sequence;
    }

    public boolean hasAcknowledgement() {
        return hasAcknowledgement;
    }

    /** The highest sequence number that the sender had received. */
    public int acknowledgement() {
        return acknowledgement;
    }

    /**
     * Puts the header of a payload into the {@link #ONE_NUMBER_LENGTH} octets before the reader index and moves the index
     * before it.
     *
     * @param payload of 65 535 octets at most
     */
    public static void prepend(ByteBuf payload, int callId, int sequence) {
        int length = payload.readableBytes();
        int index = payload.readerIndex() - ONE_NUMBER_LENGTH;
        putFixedPart(payload, index, SEQUENCE, length, callId);
        payload.setInt(index + 8, sequence);
        payload.readerIndex(index);
    }

    /** The same with an acknowledgement riding along, in {@link #MAXIMUM_LENGTH} octets. */
    public static void prepend(ByteBuf payload, int callId, int sequence, int acknowledgement) {
        int length = payload.readableBytes();
        int index = payload.readerIndex() - MAXIMUM_LENGTH;
        putFixedPart(payload, index, SEQUENCE | ACKNOWLEDGEMENT, length, callId);
        payload.setInt(index + 8, sequence);
        payload.setInt(index + 12, acknowledgement);
        payload.readerIndex(index);
    }

    /** Makes {@code packet} an acknowledgement without a payload, {@link #ONE_NUMBER_LENGTH} octets from index 0. */
    public static void putAcknowledgement(ByteBuf packet, int callId, int acknowledgement) {
        putFixedPart(packet, 0, ACKNOWLEDGEMENT, 0, callId);
        packet.setInt(8, acknowledgement);
        packet.setIndex(0, ONE_NUMBER_LENGTH);
    }

    private static void putFixedPart(ByteBuf packet, int index, int numbers, int payloadLength, int callId) {
        packet.setShort(index, KEY | VERSION | numbers);
        packet.setShort(index + 2, PPP);
        packet.setShort(index + 4, payloadLength);
        packet.setShort(index + 6, callId);
    }
}
