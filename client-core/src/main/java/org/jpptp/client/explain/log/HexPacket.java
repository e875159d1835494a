package org.jpptp.client.explain.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.ppp.wire.PppFrame;
import org.jspecify.annotations.Nullable;

/** A frame from its octets in hexadecimal, collected over some lines. */
final class HexPacket {
    private static final Pattern OCTETS =
            Pattern.compile("^[\\s<>]*+([0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})*+)\\s*+(?:\\||$)");
    private static final int MOST = 2048;

    private final ByteBuf octets = Unpooled.buffer(64, MOST);

    /** Takes a line of octets; false for one that is none. */
    boolean line(String line) {
        Matcher match = OCTETS.matcher(line);
        if (!match.find()) {
            return false;
        }
        for (String octet : match.group(1).split(" ", -1)) {
            if (octets.writerIndex() < MOST) {
                octets.writeByte(Integer.parseInt(octet, 16));
            }
        }
        return true;
    }

    /** The packet; null where it is none of control. */
    Fact.@Nullable Packet packet() {
        ByteBuf frame = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(octets));
        int protocol = PppFrame.parse(frame);
        return protocol < 0x8000 || frame.readableBytes() < 4 ? null : new Fact.Packet(protocol, frame.slice());
    }
}
