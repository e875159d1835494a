package org.jpptp.ppp.fsm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ControlPacket;

/** What is told of a negotiation that came to nothing. */
final class Evidence {
    private final int protocol;
    private byte[] lastSent = new byte[0];
    private byte[] lastReceived = new byte[0];

    /** @param protocol the PPP protocol number */
    Evidence(int protocol) {
        this.protocol = protocol;
    }

    /** The lower layer has come up. */
    void start() {
        lastSent = new byte[0];
        lastReceived = new byte[0];
    }

    /** Keeps our request, whose indexes are left alone. */
    void sent(ByteBuf request) {
        lastSent = ByteBufUtil.getBytes(request);
    }

    /** Keeps a packet of the peer's, whose indexes are left alone. */
    void remember(ControlPacket packet) {
        ByteBuf copy = ControlPacket.encode(packet.code(), packet.id(), ByteBufUtil.getBytes(packet.data()));
        lastReceived = ByteBufUtil.getBytes(copy);
    }

    /** What was sent and received. */
    Negotiation seen(int requestsSent) {
        return new Negotiation(protocol, requestsSent, text(lastSent), text(lastReceived));
    }

    private String text(byte[] packet) {
        return packet.length == 0 ? "" : PacketText.describe(protocol, Unpooled.wrappedBuffer(packet));
    }
}
