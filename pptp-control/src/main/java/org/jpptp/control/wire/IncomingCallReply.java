package org.jpptp.control.wire;

/**
 * Incoming-Call-Reply (RFC 2637 §2.10): answers Incoming-Call-Request.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u16   Peer Call ID
 *  16  u8    Result Code
 *  17  u8    Error Code
 *  18  u16   Receive Window
 *  20  u16   Transmit Delay
 *  22  u16   Reserved1
 *  24
 * </pre>
 *
 * @param callId the id that the PAC puts into its GRE packets
 * @param peerCallId call id of the request
 * @param resultCode see {@link ResultCodes#incomingCall}
 * @param errorCode see {@link ResultCodes#error}
 * @param receiveWindow packets that the PNS will buffer
 * @param transmitDelay in tenths of a second
 */
public record IncomingCallReply(
        int callId, int peerCallId, int resultCode, int errorCode, int receiveWindow, int transmitDelay)
        implements ControlMessage {
    static IncomingCallReply decode(FieldReader fields) {
        int callId = fields.u16();
        int peerCallId = fields.u16();
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        int receiveWindow = fields.u16();
        int transmitDelay = fields.u16();
        fields.reserved16();
        return new IncomingCallReply(callId, peerCallId, resultCode, errorCode, receiveWindow, transmitDelay);
    }

    @Override
    public MessageType type() {
        return MessageType.INCOMING_CALL_REPLY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.u16(peerCallId);
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.u16(receiveWindow);
        fields.u16(transmitDelay);
        fields.reserved16();
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId)
                .number("peer-call-id", peerCallId)
                .code("result", resultCode, ResultCodes::incomingCall)
                .codeIfSet("error", errorCode, ResultCodes::error)
                .number("window", receiveWindow)
                .number("delay", transmitDelay);
    }
}
