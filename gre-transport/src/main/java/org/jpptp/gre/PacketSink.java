package org.jpptp.gre;

import io.netty.buffer.ByteBuf;

/** What takes GRE packets on their way to the peer. */
@FunctionalInterface
public interface PacketSink {
    /**
     * Takes one packet.
     *
     * @param packet from the GRE header on; borrowed
     */
    void send(ByteBuf packet);
}
