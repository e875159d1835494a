package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;

/** Makes a server misbehave: sees every PPP frame between its link and its GRE tunnel. */
@FunctionalInterface
public interface FrameFilter {
    /** A server that behaves. */
    FrameFilter NONE = (fromServer, frame) -> true;

    /**
     * Looks at a frame, and may change its octets in place.
     *
     * @param fromServer whether the server sends it
     * @param frame the PPP frame; borrowed, indexes not to be moved
     * @return whether it goes on its way
     */
    boolean pass(boolean fromServer, ByteBuf frame);
}
