package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;

/** Frames for the tests: an inner protocol field and an IPv4 datagram, with head-room. */
final class Datagrams {
    static final int HEADROOM = 64;
    static final byte[] MASTER_KEY = {
        0x10, 0x21, 0x32, 0x43, 0x54, 0x65, 0x76, (byte) 0x87, (byte) 0x98, 9, 10, 11, 12, 13, 14, 15
    };

    private Datagrams() {}

    /** A datagram of random content whose first four octets behind the header are a number to know it by. */
    static ByteBuf numbered(int number, int payload, Random random) {
        byte[] content = new byte[Math.max(4, payload)];
        random.nextBytes(content);
        ByteBuf frame = Unpooled.buffer(HEADROOM + 22 + content.length);
        frame.setIndex(HEADROOM, HEADROOM);
        frame.writeShort(0x0021);
        int ip = frame.writerIndex();
        frame.writeByte(0x45).writeByte(0).writeShort(20 + content.length);
        frame.writeShort(number).writeShort(0).writeByte(64).writeByte(17).writeShort(0);
        frame.writeInt(0x0a000001).writeInt(0x0a000002);
        frame.setShort(ip + 10, checksum(frame, ip));
        frame.writeBytes(content);
        frame.setInt(ip + 20, number);
        return frame;
    }

    /** The number of a decrypted frame. */
    static int number(ByteBuf frame) {
        return frame.getInt(frame.readerIndex() + 22);
    }

    static byte[] octets(ByteBuf frame) {
        return ByteBufUtil.getBytes(frame);
    }

    /** A frame of the same octets, with head-room of its own. */
    static ByteBuf copy(ByteBuf frame) {
        ByteBuf copy = Unpooled.buffer(HEADROOM + frame.readableBytes());
        copy.setIndex(HEADROOM, HEADROOM);
        return copy.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
    }

    private static int checksum(ByteBuf frame, int ip) {
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += frame.getUnsignedShort(at);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return ~((sum & 0xffff) + (sum >> 16)) & 0xffff;
    }
}
