package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.GreTunnel;

/** What stands between PPP link and GRE tunnel: nothing, but for a server that is made to behave like others. */
public interface FrameGate {
    /** Every frame passes. */
    FrameGate OPEN = new FrameGate() {};

    /**
     * Looks at a frame on its way to the peer.
     *
     * @param frame borrowed; its octets may be changed
     * @param tunnel for a frame that goes later
     * @return whether it goes on now
     */
    default boolean outward(ByteBuf frame, GreTunnel tunnel, long now) {
        return true;
    }

    /**
     * Looks at a frame from the peer.
     *
     * @param frame borrowed; its octets may be changed
     * @return whether it goes on
     */
    default boolean inward(ByteBuf frame) {
        return true;
    }

    /** The peer has acknowledged frames: fewer are on their way. */
    default void acknowledged(GreTunnel tunnel, long now) {}
}
