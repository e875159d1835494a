package org.jpptp.gre.linux;

import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import org.jpptp.gre.GreSocket;

/** The raw sockets of one event loop. Used on that loop only. */
public final class GreSockets {
    private final EventLoop loop;

    public GreSockets(EventLoop loop) {
        this.loop = loop;
    }

    /** Whether no open socket to the peer has this call id. */
    public boolean isFree(Inet4Address peer, int callId) {
        return true;
    }

    /**
     * Opens a socket for one call, in the network namespace of the loop's thread.
     *
     * @param callId ours, which the peer's packets carry; {@link #isFree}
     * @throws RawSocketException with the step and the errno
     */
    public GreSocket open(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException {
        return RawGreSocket.open(peer, loop, listener);
    }
}
