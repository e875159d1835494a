package org.jpptp.control.wire;

/**
 * Start-Control-Connection-Request (RFC 2637 §2.1): asks for a control connection.
 *
 * <pre>
 *  12  u16   Protocol Version
 *  14  u16   Reserved1
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
 * @param framing framing capabilities: 1 asynchronous, 2 synchronous, 3 both
 * @param bearer bearer capabilities: 1 analog, 2 digital, 3 both
 * @param maximumChannels sessions that a PAC can carry; 0 from a PNS
 * @param firmware firmware or driver revision
 * @param hostName DNS name of the sender
 * @param vendor kind of implementation
 */
public record StartControlConnectionRequest(
        int protocolVersion,
        long framing,
        long bearer,
        int maximumChannels,
        int firmware,
        String hostName,
        String vendor)
        implements ControlMessage {
    private static final int TEXT_SIZE = 64;

    static StartControlConnectionRequest decode(FieldReader fields) {
        int protocolVersion = fields.u16();
        fields.reserved16();
        long framing = fields.u32();
        long bearer = fields.u32();
        int maximumChannels = fields.u16();
        int firmware = fields.u16();
        String hostName = fields.text(TEXT_SIZE);
        String vendor = fields.text(TEXT_SIZE);
        return new StartControlConnectionRequest(
                protocolVersion, framing, bearer, maximumChannels, firmware, hostName, vendor);
    }

    @Override
    public MessageType type() {
        return MessageType.START_CONTROL_CONNECTION_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(protocolVersion);
        fields.reserved16();
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
                .number("framing", framing)
                .number("bearer", bearer)
                .number("max-channels", maximumChannels)
                .number("firmware", firmware)
                .text("host", hostName)
                .text("vendor", vendor);
    }
}
