package org.jpptp.control.wire;

/**
 * WAN-Error-Notify (RFC 2637 §2.14): the PAC counts errors on its line, since the call began.
 *
 * <pre>
 *  12  u16   Peer Call ID
 *  14  u16   Reserved1
 *  16  u32   Crc Errors
 *  20  u32   Framing Errors
 *  24  u32   Hardware Overruns
 *  28  u32   Buffer Overruns
 *  32  u32   Time Out Errors
 *  36  u32   Alignment Errors
 *  40
 * </pre>
 *
 * @param peerCallId the id that the PNS assigned to the call
 * @param crcErrors frames with a wrong CRC
 * @param framingErrors badly framed packets
 * @param hardwareOverruns receive buffer overruns
 * @param bufferOverruns buffer overruns
 * @param timeOutErrors time-outs
 * @param alignmentErrors alignment errors
 */
public record WanErrorNotify(
        int peerCallId,
        long crcErrors,
        long framingErrors,
        long hardwareOverruns,
        long bufferOverruns,
        long timeOutErrors,
        long alignmentErrors)
        implements ControlMessage {
    static WanErrorNotify decode(FieldReader fields) {
        int peerCallId = fields.u16();
        fields.reserved16();
        long crcErrors = fields.u32();
        long framingErrors = fields.u32();
        long hardwareOverruns = fields.u32();
        long bufferOverruns = fields.u32();
        long timeOutErrors = fields.u32();
        long alignmentErrors = fields.u32();
        return new WanErrorNotify(
                peerCallId, crcErrors, framingErrors, hardwareOverruns, bufferOverruns, timeOutErrors, alignmentErrors);
    }

    @Override
    public MessageType type() {
        return MessageType.WAN_ERROR_NOTIFY;
    }

    @Override
    public void encode(FieldWriter fields) {
        fields.u16(peerCallId);
        fields.reserved16();
        fields.u32(crcErrors);
        fields.u32(framingErrors);
        fields.u32(hardwareOverruns);
        fields.u32(bufferOverruns);
        fields.u32(timeOutErrors);
        fields.u32(alignmentErrors);
    }

    @Override
    public void describe(MessageText text) {
        text.number("peer-call-id", peerCallId)
                .number("crc", crcErrors)
                .number("framing", framingErrors)
                .number("hardware-overruns", hardwareOverruns)
                .number("buffer-overruns", bufferOverruns)
                .number("time-outs", timeOutErrors)
                .number("alignment", alignmentErrors);
    }
}
