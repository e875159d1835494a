package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.simulation.Ipv4Packets;

/** A server that changes its mind: what its machine asks for and gives is said to the client as other values. */
final class OtherTerms implements FrameFilter {
    private static final int LCP = 0xC021;
    private static final int IPCP = 0x8021;
    private static final int REQUEST = 1;
    private static final int ACK = 2;
    private static final int NAK = 3;
    private static final int MRU_OPTION = 0x0104;
    private static final int ADDRESS_OPTION = 0x0306;
    /** Not the default, or it would not be asked for. */
    private static final int MRU = 1499;

    private static final int INNER = bits(Ipv4Packets.address("192.168.77.1"));
    private static final int ASSIGNED = bits(Ipv4Packets.address("192.168.77.10"));

    private int mru = MRU;
    private int local = ASSIGNED;
    private int remote = INNER;

    ServerConfig config() {
        return MemoryTunnel.config()
                .with(Personalities.OURS.but().receivesAtMost(MRU).build())
                .with(this);
    }

    OtherTerms mru(int octets) {
        mru = octets;
        return this;
    }

    /** The client's address from now on. */
    OtherTerms local(Inet4Address address) {
        local = bits(address);
        return this;
    }

    /** Its own inner address from now on. */
    OtherTerms remote(Inet4Address address) {
        remote = bits(address);
        return this;
    }

    /** Begins anew with LCP: the request need not be what the server then asks for. */
    static ByteBuf renegotiation() {
        ByteBuf frame = Unpooled.buffer().writeZero(64);
        frame.setIndex(64, 64).writeInt(0xFF03_C021).writeInt(REQUEST << 24 | 0x77_0000 | 9);
        return frame.writeInt(0x0305_C223).writeByte(0x81);
    }

    /** Begins anew with IPCP only. */
    static ByteBuf renegotiationOfAddresses() {
        ByteBuf frame = Unpooled.buffer().writeZero(64);
        frame.setIndex(64, 64).writeInt(0xFF03_8021).writeInt(REQUEST << 24 | 0x77_0000 | 10);
        return frame.writeShort(ADDRESS_OPTION).writeInt(INNER);
    }

    @Override
    public boolean pass(Direction direction, ByteBuf frame) {
        if (direction == Direction.TO_CLIENT) {
            replace(frame, LCP, REQUEST, MRU_OPTION, MRU, mru);
            replace(frame, IPCP, REQUEST, ADDRESS_OPTION, INNER, remote);
            replace(frame, IPCP, NAK, ADDRESS_OPTION, ASSIGNED, local);
            replace(frame, IPCP, ACK, ADDRESS_OPTION, ASSIGNED, local);
        } else {
            replace(frame, LCP, ACK, MRU_OPTION, mru, MRU);
            replace(frame, IPCP, ACK, ADDRESS_OPTION, remote, INNER);
            replace(frame, IPCP, REQUEST, ADDRESS_OPTION, local, ASSIGNED);
        }
        return true;
    }

    private static void replace(ByteBuf frame, int protocol, int code, int option, int from, int to) {
        int start = frame.readerIndex();
        int packet = frame.getUnsignedShort(start) == 0xFF03 ? start + 4 : start + 2;
        if (frame.getUnsignedShort(packet - 2) != protocol || frame.getByte(packet) != code) {
            return;
        }
        for (int at = packet + 4; at + 4 <= frame.writerIndex(); at += Math.max(2, frame.getUnsignedByte(at + 1))) {
            if (frame.getUnsignedShort(at) != option) {
                continue;
            }
            if (option == MRU_OPTION && frame.getUnsignedShort(at + 2) == from) {
                frame.setShort(at + 2, to);
            } else if (option == ADDRESS_OPTION && frame.getInt(at + 2) == from) {
                frame.setInt(at + 2, to);
            }
        }
    }

    private static int bits(Inet4Address address) {
        return Unpooled.wrappedBuffer(address.getAddress()).readInt();
    }
}
