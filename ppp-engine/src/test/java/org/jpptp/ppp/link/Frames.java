package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;

/** Frames as somebody on the line would make and change them. */
final class Frames {
    private Frames() {}

    static byte[] control(int protocol, int code, int id, byte... data) {
        ByteBuf packet = ControlPacket.encode(code, id, data);
        PppFrame.prependWhole(packet, protocol);
        return ByteBufUtil.getBytes(packet);
    }

    /** Whether this is a control packet, with whole headers, of a code. */
    static boolean is(byte[] frame, int protocol, int code) {
        return frame.length >= 8 && protocol(frame) == protocol && frame[4] == code;
    }

    /** The protocol number behind FF 03, else that at the beginning. */
    static int protocol(byte[] frame) {
        return PppFrame.parse(Unpooled.wrappedBuffer(frame));
    }

    /** Replaces octets of an LCP, CCP or IPCP packet and sets its length right. */
    static byte[] replace(byte[] frame, String octets, String by) {
        String hex = ByteBufUtil.hexDump(frame);
        int at = hex.indexOf(octets, 16);
        if (at < 0 || at % 2 != 0) {
            return frame;
        }
        byte[] changed = ByteBufUtil.decodeHexDump(hex.substring(0, at) + by + hex.substring(at + octets.length()));
        changed[6] = (byte) ((changed.length - 4) >> 8);
        changed[7] = (byte) (changed.length - 4);
        return changed;
    }
}
