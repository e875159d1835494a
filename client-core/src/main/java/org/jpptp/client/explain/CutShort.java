package org.jpptp.client.explain;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/** Control packets of which a capture has only the beginning. */
final class CutShort {
    private static final int KIND = 2;

    private CutShort() {}

    /** As much of one as can be told; of a list of options nothing, as nobody knows what else was in it. */
    static @Nullable ControlPacket packet(Fact.Packet fact) {
        ByteBuf octets = fact.octets();
        int start = octets.readerIndex();
        if (octets.readableBytes() < KIND) {
            return null;
        }
        int code = octets.getUnsignedByte(start);
        int behind = octets.readableBytes() - ControlPacket.HEADER;
        ByteBuf data = isNegotiation(code) || behind <= 0
                ? Unpooled.EMPTY_BUFFER
                : octets.slice(start + ControlPacket.HEADER, behind);
        return new ControlPacket(code, octets.getUnsignedByte(start + 1), data);
    }

    /** Whether it goes to and fro until both sides agree. */
    static boolean isNegotiation(int code) {
        return code >= ControlPacket.CONFIGURE_REQUEST && code <= ControlPacket.CONFIGURE_REJECT;
    }
}
