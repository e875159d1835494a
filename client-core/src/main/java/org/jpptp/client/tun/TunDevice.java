package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.net.HostChangeException;

/** A tunnel interface: a TUN descriptor, or its twin in memory. Used on one event loop only, but for {@link #close}. */
public interface TunDevice extends DatagramSink, AutoCloseable {
    /** The interface's name, such as {@code pptp0}. */
    String name();

    /**
     * Begins to read; called again, on the loop, another listens from then on.
     *
     * @param listener called on the event loop that the interface was opened for
     */
    void start(Listener listener);

    /**
     * Gives one datagram to the host, never blocking; it may wait for others until {@link #flush}.
     *
     * @param datagram IPv4 or IPv6 from its header on; borrowed
     */
    @Override
    void send(ByteBuf datagram);

    /** The host gets what waits. */
    void flush();

    /**
     * Reads what the host has sent since, as if the loop had said that there is something. What TCP answers to a batch
     * then goes out with what else the batch has to say.
     */
    void poll();

    /** Reads no more, so that the host's own queue fills, until {@link #resume}. */
    void pause();

    /** Reads on after {@link #pause}. */
    void resume();

    /**
     * Makes the interface anew, with the same name, once its listener has been told that it is gone: it is down and has no
     * address, and the listener listens on. Where it is not gone, nothing is done. Blocks: for the thread that makes changes on
     * the host, in the network namespace that the first was made in.
     *
     * @throws HostChangeException when it cannot be made
     */
    void reopen() throws HostChangeException;

    /** What has passed, live. */
    TunStats stats();

    /** Removes the interface, and with it its addresses and routes. */
    @Override
    void close();

    /** What the host sends through the interface; called on its event loop. */
    interface Listener {
        /**
         * Where the next datagram goes.
         *
         * @return a direct buffer, empty, with at least 64 octets before its reader index free for headers; a datagram that
         *     is longer than the room behind is dropped
         */
        ByteBuf buffer();

        /**
         * One datagram from the host.
         *
         * @param datagram the last {@link #buffer}, now with IPv4 or IPv6 from its header on; it may be overwritten
         */
        void received(ByteBuf datagram);

        /** The interface has been read empty, or its budget is used up. */
        void batchEnd();

        /** The descriptor is dead: the interface was deleted under us. {@link TunDevice#reopen} makes another. */
        void failed(int errno);
    }
}
