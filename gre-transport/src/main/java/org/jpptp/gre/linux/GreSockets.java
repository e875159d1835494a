package org.jpptp.gre.linux;

import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.RawSocketException;

/**
 * The raw sockets of one event loop: one for each peer, shared by all the calls with it. Used on that loop only.
 *
 * <p>A packet costs the kernel one copy for each raw socket that is connected to its sender, in whatever process: with a
 * hundred of them it was measured to cost eight times as much, with a thousand more than a hundred times.
 */
public final class GreSockets {
    private final EventLoop loop;
    /** More than one where the way to a peer has changed: calls keep the address of ours that they began with. */
    private final Map<Inet4Address, List<RawGreSocket>> byPeer = new HashMap<>();

    private final RawGreSocket.Shared shared = new RawGreSocket.Shared();

    private final int mark;

    public GreSockets(EventLoop loop) {
        this(loop, 0);
    }

    /**
     * @param mark of the packets, by which routing rules tell them from others; 0 for none
     */
    public GreSockets(EventLoop loop, int mark) {
        this.loop = loop;
        this.mark = mark;
    }

    /** The counters, live. */
    public GreSocketStats stats() {
        return shared.stats();
    }

    /** Whether no open socket to the peer has this call id. */
    public boolean isFree(Inet4Address peer, int callId) {
        for (RawGreSocket socket : socketsTo(peer)) {
            if (socket.has(callId)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Opens a socket for one call, in the network namespace of the loop's thread. Needs CAP_NET_RAW.
     *
     * @param callId ours, which the peer's packets carry; {@link #isFree}
     * @throws RawSocketException with the step and the errno; EADDRINUSE for a call id that is not free
     */
    public GreSocket open(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException {
        if (!isFree(peer, callId)) {
            throw new RawSocketException("call id " + callId, Errno.EADDRINUSE.code());
        }
        // A new one in any case, for it alone tells whether there is a way to the peer now, and from which address.
        int fd = RawSockets.open(peer, mark);
        boolean used = false;
        try {
            Inet4Address local = RawSockets.localAddress(fd);
            for (RawGreSocket socket : socketsTo(peer)) {
                if (socket.local().equals(local)) {
                    return socket.add(callId, listener);
                }
            }
            RawGreSocket socket = new RawGreSocket(loop, fd, peer, local, shared, gone -> forget(peer, gone));
            used = true;
            byPeer.computeIfAbsent(peer, p -> new ArrayList<>(1)).add(socket);
            return socket.add(callId, listener);
        } catch (UncheckedIOException e) {
            throw (RawSocketException) new RawSocketException("epoll_ctl()", Errno.EIO.code()).initCause(e);
        } finally {
            if (!used) {
                Libc.close(fd);
            }
        }
    }

    /**
     * Begins to look at what comes for a call, whoever sent it, in the network namespace of the calling thread.
     *
     * @param callId ours; the call is open
     */
    public GreArrivals arrivals(Inet4Address peer, int callId) {
        for (RawGreSocket socket : socketsTo(peer)) {
            if (socket.has(callId)) {
                return PacketArrivals.open(socket.local(), callId);
            }
        }
        return GreArrivals.NONE;
    }

    /** Those that are open; package-visible to look below them. */
    List<RawGreSocket> socketsTo(Inet4Address peer) {
        return byPeer.getOrDefault(peer, List.of());
    }

    private void forget(Inet4Address peer, RawGreSocket socket) {
        List<RawGreSocket> sockets = byPeer.get(peer);
        if (sockets != null && sockets.remove(socket) && sockets.isEmpty()) {
            byPeer.remove(peer);
        }
    }
}
