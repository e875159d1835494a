package org.jpptp.gre;

import io.netty.buffer.ByteBuf;

/** The edge below a {@link GreTunnel}: a raw socket, or its twin in memory. Used on one event loop only. */
public interface GreSocket extends AutoCloseable {
    /**
     * Sends one packet, never blocking.
     *
     * @param packet from the GRE header on; borrowed
     * @return 0, or the errno of what went wrong (a full queue drops the packet: that is loss, not an error)
     */
    int send(ByteBuf packet);

    /** Closes it; nothing is received afterwards. */
    @Override
    void close();

    /** What arrives at the socket; called on its event loop. */
    interface Listener {
        /** One datagram from its IPv4 header on; borrowed. */
        void received(ByteBuf datagram);

        /** The socket has been read empty, or its budget is used up: acknowledgements may go out. */
        void batchEnd();

        /** An ICMP error about a packet of ours. */
        void icmpError(IcmpError error);

        /** An errno of the socket itself, not explained by an ICMP error. */
        void failed(int errno);
    }
}
