package org.jpptp.gre;

import io.netty.buffer.ByteBuf;

/** Where a {@link GreTunnel} leaves its results. Every buffer is borrowed, valid until the method returns. */
public interface GreOutput {
    /** A packet for the peer, from the GRE header on. */
    void transmit(ByteBuf packet);

    /**
     * A payload from the peer: in order, and no sequence number twice.
     *
     * @param frame readable octets are the payload, trailing padding removed
     */
    void deliver(ByteBuf frame);
}
