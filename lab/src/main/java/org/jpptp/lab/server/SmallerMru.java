package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;

/**
 * A server that renegotiates a link which is up, and then receives less at once. It begins so instead of sending its first
 * datagram, or one when it is time; what it says of the MRU from then on is another number than its machine has in mind.
 */
public final class SmallerMru implements FrameFilter {
    private static final int LCP = 0xC021;
    private static final int CONFIGURE_REQUEST = 1;
    private static final int CONFIGURE_ACK = 2;
    private static final int HEADER = 4;
    private static final int MRU_OPTION = 0x0104;
    private static final int IPCP_ACK = 0x8021_0000 | CONFIGURE_ACK << 8;
    private final int usual;
    private final int smaller;
    private final BooleanSupplier isTime;
    private boolean up;
    private boolean begun;

    /**
     * @param usual what the server's machine has in mind, in octets
     * @param smaller what the client hears once it has been asked anew
     */
    public SmallerMru(int usual, int smaller) {
        this(usual, smaller, () -> true);
    }

    /** @param isTime asked on the server's thread before each datagram, until it has begun */
    public SmallerMru(int usual, int smaller, BooleanSupplier isTime) {
        this.usual = usual;
        this.smaller = smaller;
        this.isTime = isTime;
    }

    @Override
    public boolean pass(Direction direction, ByteBuf frame) {
        int packet = LinkAnew.packet(frame);
        int protocol = frame.getUnsignedShort(packet - 2);
        up |= ((protocol << 16) | (frame.getUnsignedByte(packet) << 8)) == IPCP_ACK;
        if (up && !begun && direction == Direction.TO_CLIENT && LinkAnew.isDatagram(frame) && isTime.getAsBoolean()) {
            begun = true;
            LinkAnew.begin(frame);
            return true;
        }
        if (begun && protocol == LCP) {
            boolean outward = direction == Direction.TO_CLIENT;
            replace(
                    frame,
                    packet,
                    outward ? CONFIGURE_REQUEST : CONFIGURE_ACK,
                    outward ? usual : smaller,
                    outward ? smaller : usual);
        }
        return true;
    }

    private static void replace(ByteBuf frame, int packet, int code, int from, int to) {
        if (frame.getByte(packet) != code) {
            return;
        }
        int end = packet + frame.getUnsignedShort(packet + 2);
        for (int at = packet + HEADER; at + 4 <= end; at += Math.max(2, frame.getUnsignedByte(at + 1))) {
            if (frame.getUnsignedShort(at) == MRU_OPTION && frame.getUnsignedShort(at + 2) == from) {
                frame.setShort(at + 2, to);
            }
        }
    }
}
