package org.jpptp.client.tun.linux;

import com.sun.jna.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.InterfaceName;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;
import org.jpptp.gre.linux.Errno;
import org.jpptp.gre.linux.Libc;
import org.jpptp.gre.netty.PolledDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of {@code /dev/net/tun}: IP datagrams without any header of the driver's. The interface is not persistent
 * and the descriptor is not inherited, so that the interface vanishes with the process, however that ends and in
 * whatever namespace it is by then.
 */
public final class LinuxTun implements TunDevice {
    private static final String DEVICE = "/dev/net/tun";
    /** The kernel puts the first free number in the place of {@code %d}. */
    private static final String ANY_NAME = "pptp%d";

    // linux/if_tun.h, linux/if.h
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFNAMSIZ = 16;
    private static final int IFREQ_OCTETS = 40;

    /** Datagrams read in one turn of the loop, so that others have theirs. */
    private static final int BUDGET = 64;

    private final String name;
    private final int fd;
    private final TunStats stats = new TunStats();
    private volatile @Nullable PolledDescriptor polled;
    private boolean closed;
    private boolean paused;

    private LinuxTun(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /**
     * Makes an interface in the network namespace of the calling thread. It is down and has no address.
     *
     * @param name null for the first free of pptp0, pptp1, …
     * @throws HostChangeException when there is no such device, the name is not free, or a privilege is missing
     */
    public static LinuxTun open(@Nullable String name) throws HostChangeException {
        if (name != null && !InterfaceName.isValid(name)) {
            throw new HostChangeException(TunFailures.badName(name));
        }
        int fd = Libc.open(DEVICE, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new HostChangeException(TunFailures.atOpen(DEVICE, Libc.errno()));
        }
        String wanted = name == null ? ANY_NAME : name;
        try (Memory request = new Memory(IFREQ_OCTETS)) {
            request.clear();
            byte[] octets = wanted.getBytes(StandardCharsets.US_ASCII);
            request.write(0, octets, 0, octets.length);
            request.setShort(IFNAMSIZ, (short) (IFF_TUN | IFF_NO_PI));
            if (Libc.ioctl(fd, TUNSETIFF, request) < 0) {
                int errno = Libc.errno();
                Libc.close(fd);
                throw new HostChangeException(TunFailures.atCreation(wanted, errno));
            }
            return new LinuxTun(request.getString(0, "US-ASCII"), fd);
        }
    }

    /**
     * Begins to read, once.
     *
     * @param loop one of Netty's epoll loops
     * @param listener called on that loop
     */
    public synchronized void start(EventLoop loop, Listener listener) {
        if (closed || polled != null) {
            throw new IllegalStateException(name + (closed ? " is closed" : " is started already"));
        }
        polled = PolledDescriptor.register(loop, fd, new Reader(listener));
    }

    @Override
    public String name() {
        return name;
    }

    /** Live counters; read on the event loop. */
    public TunStats stats() {
        return stats;
    }

    @Override
    public void send(ByteBuf datagram) {
        PolledDescriptor descriptor = polled;
        int octets = descriptor == null ? -Errno.EBADF.code() : descriptor.write(datagram);
        if (octets > 0) {
            stats.sent++;
            stats.sentOctets += octets;
        } else {
            stats.refused++;
        }
    }

    @Override
    public void flush() {}

    @Override
    public void pause() {
        interest(false);
    }

    @Override
    public void resume() {
        interest(true);
    }

    private void interest(boolean read) {
        PolledDescriptor descriptor = polled;
        if (descriptor != null) {
            paused = !read;
            descriptor.interest(read, false);
        }
    }

    /** Idempotent, from any thread. On another than the loop's it returns before the interface is gone. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (polled != null) {
            polled.close();
        } else {
            Libc.close(fd);
        }
    }

    /** Takes what the host sends, one datagram after the other. */
    private final class Reader implements PolledDescriptor.Handler {
        private final Listener listener;

        Reader(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void readable() {
            PolledDescriptor descriptor = polled;
            if (descriptor == null) {
                return; // start() has not returned yet; called again at once
            }
            for (int i = 0; i < BUDGET && descriptor.isOpen() && !paused; i++) {
                ByteBuf buffer = listener.buffer();
                int octets = descriptor.read(buffer);
                if (octets == 0) {
                    break;
                }
                if (octets < 0) {
                    fail(descriptor, -octets);
                    return;
                }
                stats.received++;
                stats.receivedOctets += octets;
                listener.received(buffer);
            }
            if (descriptor.isOpen()) {
                listener.batchEnd();
            }
        }

        @Override
        public void error() {
            PolledDescriptor descriptor = polled;
            if (descriptor != null) {
                int octets = descriptor.read(listener.buffer());
                fail(descriptor, octets < 0 ? -octets : Errno.EIO.code());
            }
        }

        /** Level-triggered readiness would repeat the error for ever: the descriptor is closed first. */
        private void fail(PolledDescriptor descriptor, int errno) {
            descriptor.close();
            listener.failed(errno);
        }
    }
}
