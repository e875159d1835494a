package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jpptp.control.wire.DecodeResult.Decoded;

/** One message of every type, with a different value in every field. */
public final class Samples {
    private static final String DIGITS = "0123456789".repeat(7).substring(0, 64);

    private Samples() {}

    public static List<ControlMessage> all() {
        return List.of(
                new StartControlConnectionRequest(0x0100, 3, 1, 0, 0x0A0B, "client.example", "jpptp"),
                new StartControlConnectionReply(0x0100, 1, 0, 2, 3, 65535, 1, "server", "linux"),
                new StopControlConnectionRequest(3),
                new StopControlConnectionReply(2, 4),
                new EchoRequest(0xDEADBEEFL),
                new EchoReply(0xDEADBEEFL, 1, 0),
                new OutgoingCallRequest(0xBEEF, 0x1234, 300, 100_000_000, 3, 2, 64, 7, "0123", "sub"),
                new OutgoingCallReply(0x7800, 0xBEEF, 2, 6, 17, 4_294_967_295L, 16384, 5, 0x01020304),
                new IncomingCallRequest(0x0102, 0x0304, 2, 0x05060708, DIGITS, "49", "sub"),
                new IncomingCallReply(0x0102, 0x0304, 3, 0, 64, 1),
                new IncomingCallConnected(0x0102, 64000, 32, 2, 1),
                new CallClearRequest(0xBEEF),
                new CallDisconnectNotify(0x7800, 1, 0, 16, "rx=1 tx=2"),
                new WanErrorNotify(0xBEEF, 1, 2, 3, 4, 5, 6),
                new SetLinkInfo(0x7800, 0xFFFFFFFFL, 0x000A0000));
    }

    public static ControlMessage of(MessageType type) {
        return all().get(type.code() - 1);
    }

    public static ByteBuf encode(ControlMessage message) {
        ByteBuf octets = Unpooled.buffer(ControlCodec.MAX_LENGTH);
        ControlCodec.encode(message, octets);
        return octets;
    }

    public static ControlMessage decode(ByteBuf octets) {
        return ((Decoded) ControlCodec.decode(octets.duplicate())).message();
    }
}
