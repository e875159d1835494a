package org.jpptp.control.wire;

/**
 * Stop-Control-Connection-Request (RFC 2637 §2.3): asks to end the control connection and with it every call.
 *
 * <pre>
 *  12  u8    Reason
 *  13  u8    Reserved1
 *  14  u16   Reserved2
 *  16
 * </pre>
 *
 * @param reason see {@link ResultCodes#stopReason}
 */
public record StopControlConnectionRequest(int reason) implements ControlMessage {
    static StopControlConnectionRequest decode(FieldReader fields) {
        int reason = fields.u8();
        fields.reserved8();
        fields.reserved16();
        return new StopControlConnectionRequest(reason);
    }

    @Override
    public MessageType type() {
        return MessageType.STOP_CONTROL_CONNECTION_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u8(reason);
        fields.reserved8();
        fields.reserved16();
    }

    @Override
    public void describe(MessageText text) {
        text.code("reason", reason, ResultCodes::stopReason);
    }
}
