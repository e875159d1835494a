package org.jpptp.lab.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.util.Arrays;

/** Well-formed outsides, for what an input puts inside. */
final class Packets {
    static final int GRE = 47;
    private static final int UDP = 17;
    private static final int IPV4_HEADER = 20;
    private static final int HEADROOM = 64;

    private Packets() {}

    static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }

    /** A datagram with its header, and head-room before it. */
    static ByteBuf ipv4(int protocol, Inet4Address source, Inet4Address destination, byte[] payload) {
        int length = Math.min(IPV4_HEADER + payload.length, 0xFFFF);
        ByteBuf packet = Unpooled.buffer(HEADROOM + length).setIndex(HEADROOM, HEADROOM);
        packet.writeByte(0x45).writeByte(0).writeShort(length);
        packet.writeInt(0).writeByte(64).writeByte(protocol).writeShort(0);
        packet.writeBytes(source.getAddress()).writeBytes(destination.getAddress());
        int sum = 0;
        for (int i = 0; i < IPV4_HEADER; i += 2) {
            sum += packet.getUnsignedShort(HEADROOM + i);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        packet.setShort(HEADROOM + 10, ~(sum + (sum >>> 16)));
        return packet.writeBytes(payload, 0, length - IPV4_HEADER);
    }

    /** A datagram such as travels through a tunnel. */
    static ByteBuf datagram(byte[] payload) {
        return ipv4(UDP, address("10.1.1.1"), address("10.2.2.2"), payload);
    }

    /** A PPP frame: address and control fields, protocol number, and what follows. */
    static byte[] frame(int protocol, byte[] rest) {
        ByteBuf frame = Unpooled.buffer(4 + rest.length);
        frame.writeShort(0xFF03).writeShort(protocol).writeBytes(rest);
        return ByteBufUtil.getBytes(frame);
    }

    /** A PPP frame around a control packet whose length field is right. */
    static byte[] control(int protocol, int code, int id, byte[] data) {
        ByteBuf packet = Unpooled.buffer(4 + data.length);
        packet.writeByte(code).writeByte(id).writeShort(4 + data.length).writeBytes(data);
        return frame(protocol, ByteBufUtil.getBytes(packet));
    }

    /** The octets with up to three of them changed and perhaps the last ones cut off, as the input says. */
    static byte[] damaged(byte[] octets, Input input) {
        byte[] damaged = octets.clone();
        for (int edits = input.below(4); edits > 0 && damaged.length > 0; edits--) {
            int at = input.octet() % damaged.length;
            damaged[at] ^= (byte) input.octet();
        }
        return input.choice() ? Arrays.copyOf(damaged, input.octet() % (damaged.length + 1)) : damaged;
    }
}
