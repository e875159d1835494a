package org.jpptp.control.wire;

/**
 * Echo-Request (RFC 2637 §2.5): asks whether the peer is still there.
 *
 * <pre>
 *  12  u32   Identifier
 *  16
 * </pre>
 *
 * @param identifier chosen by the sender, comes back in the reply
 */
public record EchoRequest(long identifier) implements ControlMessage {
    static EchoRequest decode(FieldReader fields) {
        long identifier = fields.u32();
        return new EchoRequest(identifier);
    }

    @Override
    public MessageType type() {
        return MessageType.ECHO_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u32(identifier);
    }

    @Override
    public void describe(MessageText text) {
        text.hex("id", identifier);
    }
}
