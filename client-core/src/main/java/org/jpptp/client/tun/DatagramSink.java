package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;

/** What takes datagrams on their way to the host. */
@FunctionalInterface
public interface DatagramSink {
    /**
     * Takes one datagram.
     *
     * @param datagram IPv4 or IPv6 from its header on; borrowed
     */
    void send(ByteBuf datagram);
}
