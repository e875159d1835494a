package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/** Whole frames of any protocol, in every phase of a link. */
public final class PppFrameFuzz {
    private PppFrameFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuf frame = Unpooled.wrappedBuffer(data);
        int protocol = PppFrame.parse(frame);
        kept(protocol == PppFrame.MALFORMED || (protocol % 2 == 1 && protocol <= 0xFFFF), "a protocol number is odd");
        if (ControlPacket.parse(frame) instanceof ControlPacket packet) {
            kept(packet.data().readableBytes() <= data.length, "the data is inside of the packet");
        }
        LinkRun.run(data, PppProtocol.LINK_QUALITY, List.of(AuthMethod.MSCHAPV2), LinkSetting.ENCRYPTED);
    }
}
