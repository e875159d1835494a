package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;

/** One side of an authentication protocol. It goes on answering repeated Challenges after it has succeeded. */
public interface Authentication {
    /** LCP is open: a server sends its Challenge now, a client begins to wait. */
    void start(long nowNanos);

    /**
     * A packet of this protocol.
     *
     * @param packet from the code field on; borrowed
     */
    void receive(ByteBuf packet, long nowNanos);

    /** Called at or after {@link #deadlineNanos}. */
    void onDeadline(long nowNanos);

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    long deadlineNanos();
}
