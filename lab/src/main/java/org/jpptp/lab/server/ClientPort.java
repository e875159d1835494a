package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.tun.DatagramSink;

/** One client's way to the server's network. On the server's event loop. */
interface ClientPort extends DatagramSink {
    /** A datagram of the client's; it may wait until {@link #flush}. Borrowed. */
    @Override
    void send(ByteBuf datagram);

    /** The network gets what waits. */
    void flush();

    /** Reads what the network has sent since. */
    void poll();

    /** The client takes no more for now. */
    void pause();

    /** It does again. */
    void resume();

    /** Its link is open: it receives datagrams of so many octets, encryption included. */
    void fit(int clientMru);

    /** The client is gone. */
    void close();
}
