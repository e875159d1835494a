package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;

/** Makes a server misbehave: sees every PPP frame between its link and its GRE tunnel. */
@FunctionalInterface
public interface FrameFilter {
    /** The way of a frame. */
    enum Direction {
        TO_CLIENT,
        TO_SERVER
    }

    /** A server that behaves. */
    FrameFilter NONE = (direction, frame) -> true;

    /**
     * Looks at a frame, and may change its octets in place.
     *
     * @param direction which way it goes
     * @param frame the PPP frame; borrowed, indexes not to be moved
     * @return whether it goes on its way
     */
    boolean pass(Direction direction, ByteBuf frame);
}
