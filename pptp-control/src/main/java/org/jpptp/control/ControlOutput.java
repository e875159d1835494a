package org.jpptp.control;

import io.netty.buffer.ByteBuf;

/** Where a control machine leaves its results. */
public interface ControlOutput {
    /**
     * Octets for the peer.
     *
     * @param octets one whole message; borrowed, valid until the method returns
     */
    void send(ByteBuf octets);

    /** A change of state; the last one is {@link ControlEvent.Ended}, after which the transport is to be closed. */
    void event(ControlEvent event, long now);
}
