package org.jpptp.control.wire;

/**
 * Set-Link-Info (RFC 2637 §2.15): the PNS tells the PAC what PPP has negotiated.
 *
 * <pre>
 *  12  u16   Peer Call ID
 *  14  u16   Reserved1
 *  16  u32   Send Accm
 *  20  u32   Receive Accm
 *  24
 * </pre>
 *
 * @param peerCallId the id that the PAC assigned to the call
 * @param sendAccm control characters that the PAC escapes when it sends
 * @param receiveAccm control characters that the PAC expects escaped
 */
public record SetLinkInfo(int peerCallId, long sendAccm, long receiveAccm) implements ControlMessage {
    static SetLinkInfo decode(FieldReader fields) {
        int peerCallId = fields.u16();
        fields.reserved16();
        long sendAccm = fields.u32();
        long receiveAccm = fields.u32();
        return new SetLinkInfo(peerCallId, sendAccm, receiveAccm);
    }

    @Override
    public MessageType type() {
        return MessageType.SET_LINK_INFO;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(peerCallId);
        fields.reserved16();
        fields.u32(sendAccm);
        fields.u32(receiveAccm);
    }

    @Override
    public void describe(MessageText text) {
        text.number("peer-call-id", peerCallId).hex("send-accm", sendAccm).hex("receive-accm", receiveAccm);
    }
}
