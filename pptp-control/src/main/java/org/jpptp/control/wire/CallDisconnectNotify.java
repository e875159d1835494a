package org.jpptp.control.wire;

/**
 * Call-Disconnect-Notify (RFC 2637 §2.13): the PAC tells that a call is over.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u8    Result Code
 *  15  u8    Error Code
 *  16  u16   Cause Code
 *  18  u16   Reserved1
 *  20  128   Statistics, text filled up with NUL
 * 148
 * </pre>
 *
 * @param callId the id that the PAC assigned to the call; peers differ, so nothing depends on it
 * @param resultCode see {@link ResultCodes#disconnect}
 * @param errorCode see {@link ResultCodes#error}
 * @param causeCode see {@link ResultCodes#cause}
 * @param statistics vendor-specific, at most 128 octets
 */
public record CallDisconnectNotify(int callId, int resultCode, int errorCode, int causeCode, String statistics)
        implements ControlMessage {
    private static final int STATISTICS_SIZE = 128;

    static CallDisconnectNotify decode(FieldReader fields) {
        int callId = fields.u16();
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        int causeCode = fields.u16();
        fields.reserved16();
        String statistics = fields.text(STATISTICS_SIZE);
        return new CallDisconnectNotify(callId, resultCode, errorCode, causeCode, statistics);
    }

    @Override
    public MessageType type() {
        return MessageType.CALL_DISCONNECT_NOTIFY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.u16(causeCode);
        fields.reserved16();
        fields.text(statistics, STATISTICS_SIZE);
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId)
                .code("result", resultCode, ResultCodes::disconnect)
                .codeIfSet("error", errorCode, ResultCodes::error)
                .codeIfSet("cause", causeCode, ResultCodes::cause)
                .text("statistics", statistics);
    }
}
