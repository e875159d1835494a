package org.jpptp.lab.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;

/** IPv4 datagrams for tests, with a right checksum and 64 octets free before them. */
public final class Ipv4Packets {
    private static final int HEADROOM = 64;
    private static final int HEADER = 20;
    private static final int UDP = 17;
    private static final Inet4Address SOURCE = address("10.1.1.1");
    private static final Inet4Address DESTINATION = address("10.2.2.2");

    private Ipv4Packets() {}

    /** A datagram for the inside of a tunnel; its payload is the text. */
    public static ByteBuf datagram(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuf packet = Unpooled.buffer(HEADROOM + HEADER + payload.length);
        packet.setIndex(HEADROOM, HEADROOM);
        packet.writeByte(0x45).writeByte(0).writeShort(HEADER + payload.length);
        packet.writeInt(0).writeByte(64).writeByte(UDP).writeShort(0);
        packet.writeBytes(SOURCE.getAddress()).writeBytes(DESTINATION.getAddress());
        int sum = 0;
        for (int i = 0; i < HEADER; i += Short.BYTES) {
            sum += packet.getUnsignedShort(HEADROOM + i);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        packet.setShort(HEADROOM + 10, ~(sum + (sum >>> 16)));
        return packet.writeBytes(payload);
    }

    /** The text of such a datagram. */
    public static String text(byte[] datagram) {
        return new String(datagram, HEADER, datagram.length - HEADER, StandardCharsets.US_ASCII);
    }

    /** An address from its text. */
    public static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }
}
