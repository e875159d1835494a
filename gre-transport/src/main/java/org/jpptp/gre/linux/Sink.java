package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.PolledDescriptor;
import org.jpptp.gre.io.RawSocketException;
import org.jspecify.annotations.Nullable;

/**
 * A raw socket beside that of a peer, which is given each of its packets, too, and takes none. In newer kernels (seen on 6.18)
 * a packet for which the queues of all its sockets are full counts as one that nobody wants, and this host answers it with an
 * ICMP protocol unreachable; pptpd ends the tunnel when it hears that. The queue of this socket is never full.
 *
 * <p>The kernel copies each packet's head for it, which takes a tenth of the time of a small packet. So it is connected elsewhere
 * and given nothing while {@link SinkNeed} says so; and as long the socket beside it has room for more.
 */
final class Sink implements PolledDescriptor.Handler {
    /** Of the queue while the sink stands aside: what comes while the loop does not run for a fifth of a second. */
    private static final int ROOM = 32 << 20;
    /** Datagrams for which it is not worth reading the clock. */
    private static final int FEW = 32;
    /** Full batches in a row after which the queue is looked at. */
    private static final int MANY = 8;

    private final EventLoop loop;
    private final int watched;
    private final Inet4Address peer;
    private final Inet4Address local;
    private final SinkNeed need = new SinkNeed();
    private final Memory meminfo = new Memory(RawSockets.MEMINFO_LENGTH);
    private final Memory length = new Memory(Integer.BYTES);
    private final Runnable look = this::look;
    private @Nullable PolledDescriptor descriptor;
    private boolean aside;
    private boolean looking;
    /** In a row, since the last one that left the queue empty. */
    private int full;

    private int uncounted;

    private Sink(EventLoop loop, int watched, Inet4Address peer, Inet4Address local) {
        this.loop = loop;
        this.watched = watched;
        this.peer = peer;
        this.local = local;
    }

    /**
     * Stands beside a socket, where the host gives it another: a tunnel does without.
     *
     * @param watched the socket that is read
     * @param local its address, from which nothing ever comes
     */
    static Sink open(EventLoop loop, int watched, Inet4Address peer, Inet4Address local) {
        Sink sink = new Sink(loop, watched, peer, local);
        int fd;
        try {
            fd = RawSockets.openSink(peer);
        } catch (RawSocketException e) {
            return sink;
        }
        try {
            sink.descriptor = PolledDescriptor.register(loop, fd, sink);
        } catch (UncheckedIOException e) {
            int unused = Libc.close(fd);
        }
        return sink;
    }

    void close() {
        if (descriptor != null) {
            descriptor.close();
            descriptor = null;
        }
    }

    /** So many datagrams were read at a time. */
    void read(int datagrams) {
        full = datagrams < ReceiveBatch.DATAGRAMS ? 0 : full + 1;
        uncounted += datagrams;
        if (uncounted >= FEW) {
            count();
        }
    }

    private void count() {
        long now = System.nanoTime();
        if (aside && full >= MANY) {
            full = 0;
            need.queued(RawSockets.queued(watched, meminfo, length), now);
        }
        need.read(uncounted, now);
        uncounted = 0;
        turn();
    }

    /** Nothing may come any more, and so nobody else look. */
    private void look() {
        looking = false;
        need.elapsed(System.nanoTime());
        turn();
        if (aside && descriptor != null) {
            lookLater();
        }
    }

    private void lookLater() {
        if (!looking) {
            looking = true;
            Future<?> unused = loop.schedule(look, SinkNeed.WINDOW_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        PolledDescriptor sink = descriptor;
        if (sink == null || need.isNeeded() != aside) {
            return;
        }
        if (aside) {
            // In vain where there is no way to the peer just now; tried again at the next look.
            aside = !RawSockets.reconnect(sink.fd(), peer);
            boolean unused = RawSockets.room(watched, aside ? ROOM : RawSockets.KERNEL_BUFFER);
        } else {
            aside = RawSockets.room(watched, ROOM) && RawSockets.reconnect(sink.fd(), local);
            if (aside) {
                lookLater();
            } else {
                need.always();
            }
        }
    }

    @Override
    public void readable() {
        // Nothing ever is.
    }

    /** What ICMP says is read from the other socket. */
    @Override
    public void error() {
        if (descriptor != null) {
            int unused = RawSockets.takeError(descriptor.fd());
        }
    }
}
