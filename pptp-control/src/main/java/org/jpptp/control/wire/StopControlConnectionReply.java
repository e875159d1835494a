package org.jpptp.control.wire;

/**
 * Stop-Control-Connection-Reply (RFC 2637 §2.4): answers Stop-Control-Connection-Request.
 *
 * <pre>
 *  12  u8    Result Code
 *  13  u8    Error Code
 *  14  u16   Reserved1
 *  16
 * </pre>
 *
 * @param resultCode see {@link ResultCodes#simple}
 * @param errorCode see {@link ResultCodes#error}
 */
public record StopControlConnectionReply(int resultCode, int errorCode) implements ControlMessage {
    static StopControlConnectionReply decode(FieldReader fields) {
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        fields.reserved16();
        return new StopControlConnectionReply(resultCode, errorCode);
    }

    @Override
    public MessageType type() {
        return MessageType.STOP_CONTROL_CONNECTION_REPLY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.reserved16();
    }

    @Override
    public void describe(MessageText text) {
        text.code("result", resultCode, ResultCodes::simple).codeIfSet("error", errorCode, ResultCodes::error);
    }
}
