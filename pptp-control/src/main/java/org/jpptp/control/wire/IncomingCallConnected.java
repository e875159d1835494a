package org.jpptp.control.wire;

/**
 * Incoming-Call-Connected (RFC 2637 §2.11): the PAC has answered the call.
 *
 * <pre>
 *  12  u16   Peer Call ID
 *  14  u16   Reserved1
 *  16  u32   Connect Speed
 *  20  u16   Receive Window
 *  22  u16   Transmit Delay
 *  24  u32   Framing
 *  28
 * </pre>
 *
 * @param peerCallId call id of the Incoming-Call-Reply
 * @param connectSpeed bits per second
 * @param receiveWindow packets that the PAC will buffer
 * @param transmitDelay in tenths of a second
 * @param framing 1 asynchronous, 2 synchronous
 */
public record IncomingCallConnected(
        int peerCallId, long connectSpeed, int receiveWindow, int transmitDelay, long framing)
        implements ControlMessage {
    static IncomingCallConnected decode(FieldReader fields) {
        int peerCallId = fields.u16();
        fields.reserved16();
        long connectSpeed = fields.u32();
        int receiveWindow = fields.u16();
        int transmitDelay = fields.u16();
        long framing = fields.u32();
        return new IncomingCallConnected(peerCallId, connectSpeed, receiveWindow, transmitDelay, framing);
    }

    @Override
    public MessageType type() {
        return MessageType.INCOMING_CALL_CONNECTED;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(peerCallId);
        fields.reserved16();
        fields.u32(connectSpeed);
        fields.u16(receiveWindow);
        fields.u16(transmitDelay);
        fields.u32(framing);
    }

    @Override
    public void describe(MessageText text) {
        text.number("peer-call-id", peerCallId)
                .number("speed", connectSpeed)
                .number("window", receiveWindow)
                .number("delay", transmitDelay)
                .number("framing", framing);
    }
}
