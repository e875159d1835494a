package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;

/**
 * A server that, when it is told to, renegotiates a link which is up, and from then on names another name server. Its machine has
 * one and the same in mind.
 */
public final class OtherNameServer implements FrameFilter {
    private static final int IPCP = 0x8021;
    private static final int CONFIGURE_REQUEST = 1;
    private static final int CONFIGURE_ACK = 2;
    private static final int CONFIGURE_NAK = 3;
    private static final int HEADER = 4;
    /** Primary DNS, RFC 1877: type 129, length 6. */
    private static final int OPTION = 0x8106;

    private static final int ASKING = 0;

    private enum State {
        USUAL,
        /** With the next datagram to the client. */
        DUE,
        OTHER
    }

    private final int usual;
    private final int other;
    private volatile State state = State.USUAL;

    /**
     * @param usual what the server's machine names
     * @param other what the client hears after a renegotiation
     */
    public OtherNameServer(Inet4Address usual, Inet4Address other) {
        this.usual = bits(usual);
        this.other = bits(other);
    }

    /** The next datagram to the client gives way to a renegotiation. */
    public void renegotiate() {
        state = State.DUE;
    }

    /** Links to come hear what the machine names. */
    public void asUsual() {
        state = State.USUAL;
    }

    @Override
    public boolean pass(Direction direction, ByteBuf frame) {
        if (state == State.DUE && direction == Direction.TO_CLIENT && LinkAnew.isDatagram(frame)) {
            state = State.OTHER;
            LinkAnew.begin(frame);
        } else if (state == State.OTHER) {
            int packet = LinkAnew.packet(frame);
            if (frame.getUnsignedShort(packet - 2) == IPCP) {
                rename(frame, packet, direction);
            }
        }
        return true;
    }

    private void rename(ByteBuf frame, int packet, Direction direction) {
        boolean outward = direction == Direction.TO_CLIENT;
        int code = frame.getByte(packet);
        if (outward ? code != CONFIGURE_ACK && code != CONFIGURE_NAK : code != CONFIGURE_REQUEST) {
            return;
        }
        int end = packet + frame.getUnsignedShort(packet + 2);
        for (int at = packet + HEADER; at + 6 <= end; at += Math.max(2, frame.getUnsignedByte(at + 1))) {
            if (frame.getUnsignedShort(at) == OPTION) {
                int address = frame.getInt(at + 2);
                // Who asks for the one from before is told of the other.
                frame.setInt(at + 2, outward ? named(address) : address == other ? usual : ASKING);
            }
        }
    }

    private int named(int address) {
        return address == usual ? other : address;
    }

    private static int bits(Inet4Address address) {
        return Unpooled.wrappedBuffer(address.getAddress()).readInt();
    }
}
