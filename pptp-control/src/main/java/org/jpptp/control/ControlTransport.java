package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The edge below a control machine: an open TCP connection, or its twin in memory. Used on one event loop only. */
public interface ControlTransport {
    /** What happens on the connection; called on its event loop. */
    interface Listener {
        /** Octets arrived; borrowed. */
        void received(ByteBuf octets);

        /**
         * The connection is gone, by either side. Called once, and last.
         *
         * @param cause what broke it, null when it was closed
         */
        void closed(@Nullable Throwable cause);
    }

    /** How long the network took to establish the connection, zero where that is not known. */
    default Duration establishing() {
        return Duration.ZERO;
    }

    /** Our end of the connection; null where that is not known. */
    default @Nullable InetSocketAddress localAddress() {
        return null;
    }

    /** Sends octets, which are copied. After the connection is gone they are dropped. */
    void send(ByteBuf octets);

    /** Closes the connection behind what has been sent. */
    void close();
}
