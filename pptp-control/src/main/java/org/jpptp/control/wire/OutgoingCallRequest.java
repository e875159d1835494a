package org.jpptp.control.wire;

/**
 * Outgoing-Call-Request (RFC 2637 §2.7): the PNS asks the PAC to place a call: how a VPN client asks for a tunnel.
 *
 * <pre>
 *  12  u16   Call ID
 *  14  u16   Serial Number
 *  16  u32   Minimum Bps
 *  20  u32   Maximum Bps
 *  24  u32   Bearer
 *  28  u32   Framing
 *  32  u16   Receive Window
 *  34  u16   Processing Delay
 *  36  u16   Phone Number Length, at most 64
 *  38  u16   Reserved1
 *  40  64    Phone Number, text filled up with NUL
 * 104  64    Subaddress, text filled up with NUL
 * 168
 * </pre>
 *
 * @param callId the id that the PAC puts into its GRE packets
 * @param serialNumber names the call in logs
 * @param minimumBps lowest acceptable line speed, bits per second
 * @param maximumBps highest acceptable line speed, bits per second
 * @param bearer 1 analog, 2 digital, 3 any
 * @param framing 1 asynchronous, 2 synchronous, 3 either
 * @param receiveWindow packets that the PNS will buffer
 * @param processingDelay in tenths of a second
 * @param phoneNumber at most 64 octets
 * @param subaddress at most 64 octets
 */
public record OutgoingCallRequest(
        int callId,
        int serialNumber,
        long minimumBps,
        long maximumBps,
        long bearer,
        long framing,
        int receiveWindow,
        int processingDelay,
        String phoneNumber,
        String subaddress)
        implements ControlMessage {
    private static final int TEXT_SIZE = 64;

    static OutgoingCallRequest decode(FieldReader fields) {
        int callId = fields.u16();
        int serialNumber = fields.u16();
        long minimumBps = fields.u32();
        long maximumBps = fields.u32();
        long bearer = fields.u32();
        long framing = fields.u32();
        int receiveWindow = fields.u16();
        int processingDelay = fields.u16();
        int phoneNumberLength = fields.length("Phone Number Length", TEXT_SIZE);
        fields.reserved16();
        String phoneNumber = fields.text(TEXT_SIZE, phoneNumberLength);
        String subaddress = fields.text(TEXT_SIZE);
        return new OutgoingCallRequest(
                callId,
                serialNumber,
                minimumBps,
                maximumBps,
                bearer,
                framing,
                receiveWindow,
                processingDelay,
                phoneNumber,
                subaddress);
    }

    @Override
    public MessageType type() {
        return MessageType.OUTGOING_CALL_REQUEST;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(callId);
        fields.u16(serialNumber);
        fields.u32(minimumBps);
        fields.u32(maximumBps);
        fields.u32(bearer);
        fields.u32(framing);
        fields.u16(receiveWindow);
        fields.u16(processingDelay);
        fields.length(phoneNumber, TEXT_SIZE);
        fields.reserved16();
        fields.text(phoneNumber, TEXT_SIZE);
        fields.text(subaddress, TEXT_SIZE);
    }

    @Override
    public void describe(MessageText text) {
        text.number("call-id", callId)
                .number("serial", serialNumber)
                .number("min-bps", minimumBps)
                .number("max-bps", maximumBps)
                .number("bearer", bearer)
                .number("framing", framing)
                .number("window", receiveWindow)
                .number("delay", processingDelay)
                .text("phone", phoneNumber)
                .text("subaddress", subaddress);
    }
}
