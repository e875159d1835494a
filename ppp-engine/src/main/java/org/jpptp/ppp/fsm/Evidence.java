package org.jpptp.ppp.fsm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ControlPacket;

/** What is told of a negotiation that came to nothing. */
final class Evidence {
    private final int protocol;
    private byte[] lastReceived = new byte[0];

    /** @param protocol the PPP protocol number */
    Evidence(int protocol) {
        this.protocol = protocol;
    }

    /** The lower layer has come up. */
    void start() {
        lastReceived = new byte[0];
    }

    /** Keeps a packet of the peer's, whose indexes are left alone. */
    void remember(ControlPacket packet) {
        ByteBuf copy = ControlPacket.encode(packet.code(), packet.id(), ByteBufUtil.getBytes(packet.data()));
        lastReceived = ByteBufUtil.getBytes(copy);
    }

    /** What was sent and seen, without a full stop. */
    String describe(int requestsSent) {
        return requestsSent + " Configure-Requests were sent"
                + (lastReceived.length == 0
                        ? ", none was answered"
                        : "; the last packet seen was "
                                + PacketText.describe(protocol, Unpooled.wrappedBuffer(lastReceived)));
    }
}
