package org.jpptp.control.wire;

/**
 * Call-Clear-Request (RFC 2637 §2.12): the PNS asks for the end of a call.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u16   Reserved1
 *  16
 * </pre>
 *
 * @param callId the id that the PNS assigned to the call
 */
public record CallClearRequest(int callId) implements ControlMessage {
    static CallClearRequest decode(FieldReader fields) {
        int callId = fields.u16();
        fields.reserved16();
        return new CallClearRequest(callId);
    }

    @Override
    public MessageType type() {
        return MessageType.CALL_CLEAR_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.reserved16();
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId);
    }
}
