package org.jpptp.control.wire;

/**
 * Start-Control-Connection-Reply (RFC 2637 §2.2): answers Start-Control-Connection-Request.
 *
 * <pre>
 *  12  u16   Protocol Version
 *  14  u8    Result Code
 *  15  u8    Error Code
 *  16  u32   Framing
 *  20  u32   Bearer
 *  24  u16   Maximum Channels
 *  26  u16   Firmware
 *  28  64    Host Name, text filled up with NUL
 *  92  64    Vendor, text filled up with NUL
 * 156
 * </pre>
 *
 * @param protocolVersion 0x0100 for 1.0
 * @param resultCode see {@link ResultCodes#start}
 * @param errorCode see {@link ResultCodes#error}
 * @param framing framing capabilities
 * @param bearer bearer capabilities
 * @param maximumChannels sessions that the PAC can carry
 * @param firmware firmware or driver revision
 * @param hostName DNS name of the sender
 * @param vendor kind of implementation
 */
public record StartControlConnectionReply(
        int protocolVersion,
        int resultCode,
        int errorCode,
        long framing,
        long bearer,
        int maximumChannels,
        int firmware,
        String hostName,
        String vendor)
        implements ControlMessage {
    private static final int TEXT_SIZE = 64;

    static StartControlConnectionReply decode(FieldReader fields) {
        int protocolVersion = fields.u16();
        int resultCode = fields.u8();
        int errorCode = fields.u8();
        long framing = fields.u32();
        long bearer = fields.u32();
        int maximumChannels = fields.u16();
        int firmware = fields.u16();
        String hostName = fields.text(TEXT_SIZE);
        String vendor = fields.text(TEXT_SIZE);
        return new StartControlConnectionReply(
                protocolVersion, resultCode, errorCode, framing, bearer, maximumChannels, firmware, hostName, vendor);
    }

    @Override
    public MessageType type() {
        return MessageType.START_CONTROL_CONNECTION_REPLY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(protocolVersion);
        fields.u8(resultCode);
        fields.u8(errorCode);
        fields.u32(framing);
        fields.u32(bearer);
        fields.u16(maximumChannels);
        fields.u16(firmware);
        fields.text(hostName, TEXT_SIZE);
        fields.text(vendor, TEXT_SIZE);
    }

    @Override
    public void describe(MessageText text) {
        text.version(protocolVersion)
                .code("result", resultCode, ResultCodes::start)
                .codeIfSet("error", errorCode, ResultCodes::error)
                .number("framing", framing)
                .number("bearer", bearer)
                .number("max-channels", maximumChannels)
                .number("firmware", firmware)
                .text("host", hostName)
                .text("vendor", vendor);
    }
}
