package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;

/** Who takes the packets of a call. */
public interface GreReceiver {
    /**
     * Takes one packet.
     *
     * @param packet from the GRE header on; borrowed, and overwritten
     * @param callId what it carries, as the socket has read it
     */
    void receive(ByteBuf packet, int callId, long now);

    /** The socket is read empty for now. */
    void batchEnd(long now);
}
