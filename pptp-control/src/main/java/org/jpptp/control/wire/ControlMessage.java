package org.jpptp.control.wire;

/**
 * A message of the control connection (RFC 2637 §2), without its header: {@link ControlCodec} adds and checks that.
 *
 * <p>Fields of 16 and 8 bits are {@code int}, of 32 bits {@code long}, all unsigned; encoding takes their low bits. Text
 * holds one octet per character, ends before the first NUL, and is <em>not</em> escaped.
 */
public sealed interface ControlMessage
        permits StartControlConnectionRequest,
                StartControlConnectionReply,
                StopControlConnectionRequest,
                StopControlConnectionReply,
                EchoRequest,
                EchoReply,
                OutgoingCallRequest,
                OutgoingCallReply,
                IncomingCallRequest,
                IncomingCallReply,
                IncomingCallConnected,
                CallClearRequest,
                CallDisconnectNotify,
                WanErrorNotify,
                SetLinkInfo {
    /** Which of the fifteen it is. */
    MessageType type();

    /** Writes every field behind Reserved0, in order. */
    void encode(FieldWriter fields);

    /** Names every field behind Reserved0 but the reserved ones, in order. */
    void describe(MessageText text);
}
