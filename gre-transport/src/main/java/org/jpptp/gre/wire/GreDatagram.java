package org.jpptp.gre.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;

/**
 * Takes the IPv4 header off what a raw socket receives; this is the one place that reads it. One object is used again for
 * every datagram.
 */
public final class GreDatagram {
    /** What {@link #unwrap} found. */
    public enum Result {
        OK,
        /** No IPv4 datagram, or one of another protocol. */
        MALFORMED,
        /** It comes from another address. */
        FOREIGN
    }

    private static final int GRE = 47;

    private final Ipv4Header ip = new Ipv4Header();
    private final int peer;

    /** @param peer the only address that packets are accepted from */
    public GreDatagram(Inet4Address peer) {
        this.peer = Unpooled.wrappedBuffer(peer.getAddress()).readInt();
    }

    /**
     * Leaves the datagram's payload.
     *
     * @param datagram from its IPv4 header on; where the result is OK, its readable octets are afterwards the GRE packet
     */
    public Result unwrap(ByteBuf datagram) {
        if (ip.parse(datagram) != Ipv4Header.Result.OK || ip.protocol() != GRE) {
            return Result.MALFORMED;
        }
        if (ip.source() != peer) {
            return Result.FOREIGN;
        }
        datagram.setIndex(ip.payloadIndex(), ip.endIndex());
        return Result.OK;
    }
}
