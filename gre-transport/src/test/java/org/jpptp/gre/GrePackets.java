package org.jpptp.gre;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;

/** Datagrams as a peer sends them. */
final class GrePackets {
    static final Inet4Address LEFT = address(10, 0, 0, 1);
    static final Inet4Address RIGHT = address(10, 0, 0, 2);
    static final int LEFT_CALL = 0x1111;
    static final int RIGHT_CALL = 0x2222;

    private static final GreDatagram FROM_RIGHT = new GreDatagram(RIGHT);

    private GrePackets() {}

    /** A datagram of the right side arrives at the left one, as the raw socket hands it on; what the socket drops does not. */
    static GreDatagram.Result receive(GreTunnel left, ByteBuf datagram, long now) {
        GreDatagram.Result result = FROM_RIGHT.unwrap(datagram);
        if (result == GreDatagram.Result.OK) {
            left.receive(datagram, GreHeader.callId(datagram), now);
        }
        return result;
    }

    private static Inet4Address address(int a, int b, int c, int d) {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts the IPv4 header of a sender before a GRE packet; copies. */
    static ByteBuf datagram(Inet4Address source, ByteBuf grePacket) {
        int length = 20 + grePacket.readableBytes();
        return Unpooled.buffer(length)
                .writeShort(0x4500)
                .writeShort(length)
                .writeInt(0)
                .writeShort(0x402F)
                .writeShort(0)
                .writeBytes(source.getAddress())
                .writeInt(0)
                .writeBytes(grePacket, grePacket.readerIndex(), grePacket.readableBytes());
    }

    /** A payload of the right side, to the left one. */
    static ByteBuf payload(int sequence, String text) {
        ByteBuf gre = Unpooled.buffer()
                .writeInt(0x3001880B)
                .writeShort(text.length())
                .writeShort(LEFT_CALL)
                .writeInt(sequence);
        gre.writeCharSequence(text, US_ASCII);
        return datagram(RIGHT, gre);
    }

    /** A lone acknowledgement of the right side. */
    static ByteBuf acknowledgement(int number) {
        return datagram(
                RIGHT,
                Unpooled.buffer().writeInt(0x2081880B).writeInt(LEFT_CALL).writeInt(number));
    }

    /** A payload to be sent, with head-room. */
    static ByteBuf frame(String text) {
        ByteBuf frame = Unpooled.buffer(64 + text.length()).writeZero(64).readerIndex(64);
        frame.writeCharSequence(text, US_ASCII);
        return frame;
    }
}
