package org.jpptp.gre.linux;

import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.PolledDescriptor;
import org.jpptp.gre.io.RawSocketException;
import org.jspecify.annotations.Nullable;

/**
 * A raw socket beside that of a peer, which is given each of its packets, too, and takes none. In newer kernels (seen on 6.18)
 * a packet for which the queues of all its sockets are full counts as one that nobody wants, and this host answers it with an
 * ICMP protocol unreachable; pptpd ends the tunnel when it hears that. The queue of this socket is never full.
 */
final class Sink implements PolledDescriptor.Handler {
    private final int fd;

    private Sink(int fd) {
        this.fd = fd;
    }

    /** Null where the host gives none: a tunnel does without. */
    static @Nullable PolledDescriptor open(EventLoop loop, Inet4Address peer) {
        int fd;
        try {
            fd = RawSockets.openSink(peer);
        } catch (RawSocketException e) {
            return null;
        }
        try {
            return PolledDescriptor.register(loop, fd, new Sink(fd));
        } catch (UncheckedIOException e) {
            int unused = Libc.close(fd);
            return null;
        }
    }

    @Override
    public void readable() {
        // Nothing ever is.
    }

    /** What ICMP says is read from the other socket. */
    @Override
    public void error() {
        int unused = RawSockets.takeError(fd);
    }
}
