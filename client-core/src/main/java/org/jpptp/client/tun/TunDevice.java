package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;

/** A tunnel interface: a TUN descriptor, or its twin in memory. Used on one event loop only, but for {@link #close}. */
public interface TunDevice extends AutoCloseable {
    /** The interface's name, such as {@code pptp0}. */
    String name();

    /**
     * Gives one datagram to the host, never blocking.
     *
     * @param datagram IPv4 or IPv6 from its header on; borrowed
     * @return 0, or the errno of what went wrong
     */
    int send(ByteBuf datagram);

    /** Removes the interface, and with it its addresses and routes. */
    @Override
    void close();

    /** What the host sends through the interface; called on its event loop. */
    interface Listener {
        /**
         * One datagram of the host's.
         *
         * @param datagram IPv4 or IPv6 from its header on; borrowed; at least 64 octets before its reader index are
         *     free for headers, and it may be overwritten
         */
        void received(ByteBuf datagram);

        /** The interface has been read empty, or its budget is used up. */
        void batchEnd();

        /** The descriptor is dead: the interface was deleted under us. */
        void failed(int errno);
    }
}
