package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** IPv4 datagrams with a header that is right. */
final class Datagrams {
    private Datagrams() {}

    static ByteBuf ipv4(byte[] payload) {
        ByteBuf datagram = Unpooled.buffer(PppLink.DATAGRAM_HEADROOM + 20 + payload.length)
                .setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM);
        int start = datagram.readerIndex();
        datagram.writeShort(0x4500) // version 4, five words of header
                .writeShort(20 + payload.length) // total length
                .writeInt(0x12340000) // identification, no fragment
                .writeShort(0x40FD) // time to live, an experimental protocol
                .writeShort(0) // checksum
                .writeInt(0x0A000001)
                .writeInt(0x0A000002)
                .writeBytes(payload);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += datagram.getUnsignedShort(start + i);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        datagram.setShort(start + 10, ~sum);
        return datagram;
    }
}
