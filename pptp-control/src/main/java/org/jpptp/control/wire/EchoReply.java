package org.jpptp.control.wire;

/**
 * Echo-Reply (RFC 2637 §2.6): answers Echo-Request.
 *
 * <pre>
 *  12  u32   Identifier
 *  16  u8    Result Code
 *  17  u8    Error Code
 *  18  u16   Reserved1
 *  20
 * </pre>
 *
 * @param identifier that of the request
 * @param resultCode see {@link ResultCodes#simple}
 * @param errorCode see {@link ResultCodes#error}
 */
public record EchoReply(long identifier, int resultCode, int errorCode) implements ControlMessage {
    static EchoReply decode(FieldReader fields) {
        long identifier = fields.u32();
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        fields.reserved16();
        return new EchoReply(identifier, resultCode, errorCode);
    }

    @Override
    public MessageType type() {
        return MessageType.ECHO_REPLY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u32(identifier);
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.reserved16();
    }

    @Override
    public void describe(MessageText text) {
        text.hex("id", identifier)
                .code("result", resultCode, ResultCodes::simple)
                .codeIfSet("error", errorCode, ResultCodes::error);
    }
}
