package org.jpptp.control.wire;

/**
 * Outgoing-Call-Reply (RFC 2637 §2.8): answers Outgoing-Call-Request.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u16   Peer Call ID
 *  16  u8    Result Code
 *  17  u8    Error Code
 *  18  u16   Cause Code
 *  20  u32   Connect Speed
 *  24  u16   Receive Window
 *  26  u16   Processing Delay
 *  28  u32   Physical Channel ID
 *  32
 * </pre>
 *
 * @param callId the id that the PNS puts into its GRE packets
 * @param peerCallId call id of the request
 * @param resultCode see {@link ResultCodes#outgoingCall}
 * @param errorCode see {@link ResultCodes#error}
 * @param causeCode see {@link ResultCodes#cause}
 * @param connectSpeed bits per second
 * @param receiveWindow packets that the PAC will buffer
 * @param processingDelay in tenths of a second
 * @param physicalChannelId for logs only
 */
public record OutgoingCallReply(
        int callId,
        int peerCallId,
        int resultCode,
        int errorCode,
        int causeCode,
        long connectSpeed,
        int receiveWindow,
        int processingDelay,
        long physicalChannelId)
        implements ControlMessage {
    static OutgoingCallReply decode(FieldReader fields) {
        int callId = fields.u16();
        int peerCallId = fields.u16();
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        int causeCode = fields.u16();
        long connectSpeed = fields.u32();
        int receiveWindow = fields.u16();
        int processingDelay = fields.u16();
        long physicalChannelId = fields.u32();
        return new OutgoingCallReply(
                callId,
                peerCallId,
                resultCode,
                errorCode,
                causeCode,
                connectSpeed,
                receiveWindow,
                processingDelay,
                physicalChannelId);
    }

    @Override
    public MessageType type() {
        return MessageType.OUTGOING_CALL_REPLY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.u16(peerCallId);
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.u16(causeCode);
        fields.u32(connectSpeed);
        fields.u16(receiveWindow);
        fields.u16(processingDelay);
        fields.u32(physicalChannelId);
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId)
                .number("peer-call-id", peerCallId)
                .code("result", resultCode, ResultCodes::outgoingCall)
                .codeIfSet("error", errorCode, ResultCodes::error)
                .codeIfSet("cause", causeCode, ResultCodes::cause)
                .number("speed", connectSpeed)
                .number("window", receiveWindow)
                .number("delay", processingDelay)
                .number("channel", physicalChannelId);
    }
}
