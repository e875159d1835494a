package org.jpptp.ppp.wire;

/** What {@link ControlPacket#parse} comes to. */
public sealed interface ControlPacketResult permits ControlPacket, ControlPacketResult.Malformed {
    /** Why a packet is none; it is discarded silently (RFC 1661 §5). */
    enum Malformed implements ControlPacketResult {
        /** Fewer than four octets. */
        TOO_SHORT,
        /** The length field is less than four or more than there is. */
        BAD_LENGTH
    }
}
