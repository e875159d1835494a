package org.jpptp.control.wire;

/**
 * Incoming-Call-Request (RFC 2637 §2.9): the PAC tells of a call that came in.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u16   Serial Number
 *  16  u32   Bearer
 *  20  u32   Physical Channel ID
 *  24  u16   Dialed Number Length, at most 64
 *  26  u16   Dialing Number Length, at most 64
 *  28  64    Dialed Number, text filled up with NUL
 *  92  64    Dialing Number, text filled up with NUL
 * 156  64    Subaddress, text filled up with NUL
 * 220
 * </pre>
 *
 * @param callId the id that the PNS puts into its GRE packets
 * @param serialNumber names the call in logs
 * @param bearer 1 analog, 2 digital
 * @param physicalChannelId for logs only
 * @param dialedNumber at most 64 octets
 * @param dialingNumber at most 64 octets
 * @param subaddress at most 64 octets
 */
public record IncomingCallRequest(
        int callId,
        int serialNumber,
        long bearer,
        long physicalChannelId,
        String dialedNumber,
        String dialingNumber,
        String subaddress)
        implements ControlMessage {
    private static final int TEXT_SIZE = 64;

    static IncomingCallRequest decode(FieldReader fields) {
        int callId = fields.u16();
        int serialNumber = fields.u16();
        long bearer = fields.u32();
        long physicalChannelId = fields.u32();
        int dialedNumberLength = fields.length("Dialed Number Length", TEXT_SIZE);
        int dialingNumberLength = fields.length("Dialing Number Length", TEXT_SIZE);
        String dialedNumber = fields.text(TEXT_SIZE, dialedNumberLength);
        String dialingNumber = fields.text(TEXT_SIZE, dialingNumberLength);
        String subaddress = fields.text(TEXT_SIZE);
        return new IncomingCallRequest(
                callId, serialNumber, bearer, physicalChannelId, dialedNumber, dialingNumber, subaddress);
    }

    @Override
    public MessageType type() {
        return MessageType.INCOMING_CALL_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.u16(serialNumber);
        fields.u32(bearer);
        fields.u32(physicalChannelId);
        fields.length(dialedNumber, TEXT_SIZE);
        fields.length(dialingNumber, TEXT_SIZE);
        fields.text(dialedNumber, TEXT_SIZE);
        fields.text(dialingNumber, TEXT_SIZE);
        fields.text(subaddress, TEXT_SIZE);
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId)
                .number("serial", serialNumber)
                .number("bearer", bearer)
                .number("channel", physicalChannelId)
                .text("dialed", dialedNumber)
                .text("dialing", dialingNumber)
                .text("subaddress", subaddress);
    }
}
