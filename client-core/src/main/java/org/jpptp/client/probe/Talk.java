package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.GreStats;

/** What is said over one call. */
interface Talk {
    /** The call is up. */
    void open(long now);

    /** A packet of GRE. */
    void receive(ByteBuf packet, int callId, long now);

    /** The packets of this turn have been received. */
    void batchEnd(long now);

    /** Ends the link; {@link #isClosed} follows in bounded time. */
    void close(long now);

    /** Whether the link is over. */
    boolean isClosed();

    /** Whether all is known that was wanted. */
    boolean isDone(long now);

    void onDeadline(long now);

    long deadlineNanos();

    /** The counters of GRE, live. */
    GreStats stats();

    /** Whether the server has shown that it hears us. */
    boolean isHeard();
}
