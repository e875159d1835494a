package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.jpptp.control.wire.DecodeResult.Reason;

/**
 * Messages to octets and back, with the header that they share (RFC 2637 §1.4).
 *
 * <pre>
 *  0  u16  Length, header included
 *  2  u16  PPTP Message Type, 1
 *  4  u32  Magic Cookie, 0x1A2B3C4D
 *  8  u16  Control Message Type
 * 10  u16  Reserved0
 * 12       the fields of the type
 * </pre>
 */
public final class ControlCodec {
    /** The longest message, Incoming-Call-Request. */
    public static final int MAX_LENGTH = MessageType.INCOMING_CALL_REQUEST.length();

    public static final int MAGIC_COOKIE = 0x1A2B3C4D;
    static final int CONTROL_MESSAGE = 1;
    static final int MESSAGE_TYPE_AT = 2;
    static final int MAGIC_COOKIE_AT = 4;
    static final int TYPE_AT = 8;
    static final int RESERVED0_AT = 10;

    private static final int EVIDENCE_OCTETS = 48;

    private ControlCodec() {}

    /**
     * Decodes the message that begins at the reader index. The index moves past it when it is whole, else not at all.
     *
     * <p>The cookie is compared octet by octet as it arrives, so that a peer of another protocol is found out by its
     * first words and not by our time-out.
     */
    public static DecodeResult decode(ByteBuf in) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        for (int i = MAGIC_COOKIE_AT; i < TYPE_AT && i < readable; i++) {
            int expected = (MAGIC_COOKIE >>> (8 * (TYPE_AT - 1 - i))) & 0xFF;
            if (in.getUnsignedByte(start + i) != expected) {
                return new Malformed(Reason.NOT_PPTP, PeerText.quote(in, EVIDENCE_OCTETS));
            }
        }
        if (readable < RESERVED0_AT) {
            return new NeedMore(RESERVED0_AT - readable);
        }
        int pptpType = in.getUnsignedShort(start + MESSAGE_TYPE_AT);
        if (pptpType != CONTROL_MESSAGE) {
            return new Malformed(
                    Reason.NOT_CONTROL, "PPTP message type " + pptpType + " where control messages have 1");
        }
        int code = in.getUnsignedShort(start + TYPE_AT);
        MessageType type = MessageType.of(code);
        if (type == null) {
            return new Malformed(
                    Reason.UNKNOWN_TYPE, "control message type " + code + ", which RFC 2637 does not know");
        }
        int length = in.getUnsignedShort(start);
        if (length != type.length()) {
            return new Malformed(
                    Reason.BAD_LENGTH, type.rfcName() + " with length " + length + " where it has " + type.length());
        }
        if (readable < length) {
            return new NeedMore(length - readable);
        }
        FieldReader fields = new FieldReader(in, start + RESERVED0_AT);
        fields.reserved16();
        ControlMessage message = decode(type, fields);
        String fault = fields.fault();
        if (fault != null) {
            return new Malformed(Reason.BAD_VALUE, type.rfcName() + " whose " + fault);
        }
        in.skipBytes(length);
        return new Decoded(message, fields.reservedSet());
    }

    private static ControlMessage decode(MessageType type, FieldReader fields) {
        return switch (type) {
            case START_CONTROL_CONNECTION_REQUEST -> StartControlConnectionRequest.decode(fields);
            case START_CONTROL_CONNECTION_REPLY -> StartControlConnectionReply.decode(fields);
            case STOP_CONTROL_CONNECTION_REQUEST -> StopControlConnectionRequest.decode(fields);
            case STOP_CONTROL_CONNECTION_REPLY -> StopControlConnectionReply.decode(fields);
            case ECHO_REQUEST -> EchoRequest.decode(fields);
            case ECHO_REPLY -> EchoReply.decode(fields);
            case OUTGOING_CALL_REQUEST -> OutgoingCallRequest.decode(fields);
            case OUTGOING_CALL_REPLY -> OutgoingCallReply.decode(fields);
            case INCOMING_CALL_REQUEST -> IncomingCallRequest.decode(fields);
            case INCOMING_CALL_REPLY -> IncomingCallReply.decode(fields);
            case INCOMING_CALL_CONNECTED -> IncomingCallConnected.decode(fields);
            case CALL_CLEAR_REQUEST -> CallClearRequest.decode(fields);
            case CALL_DISCONNECT_NOTIFY -> CallDisconnectNotify.decode(fields);
            case WAN_ERROR_NOTIFY -> WanErrorNotify.decode(fields);
            case SET_LINK_INFO -> SetLinkInfo.decode(fields);
        };
    }

    /** Appends the message to {@code out}, which must have room for its length. */
    public static void encode(ControlMessage message, ByteBuf out) {
        MessageType type = message.type();
        out.writeShort(type.length());
        out.writeShort(CONTROL_MESSAGE);
        out.writeInt(MAGIC_COOKIE);
        out.writeShort(type.code());
        out.writeShort(0);
        message.encode(new FieldWriter(out));
    }
}
