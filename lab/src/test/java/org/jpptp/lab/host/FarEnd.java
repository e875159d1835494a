package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import org.jpptp.control.ControlTransport;

/** Who is reached from a {@link MemoryHost}. */
public interface FarEnd {
    /**
     * The host has connected by TCP.
     *
     * @param back the far end of the connection
     */
    ControlTransport.Listener connected(ControlTransport back);

    /** A packet of the host's raw socket, from its GRE header on. */
    void greReceived(ByteBuf packet);
}
