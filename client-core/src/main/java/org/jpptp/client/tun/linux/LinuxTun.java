package org.jpptp.client.tun.linux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.jpptp.client.Offload;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.Coalescer;
import org.jpptp.client.tun.Segmenter;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.PolledDescriptor;
import org.jpptp.gre.io.PolledDescriptor.Interest;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of {@code /dev/net/tun}. Where the kernel offers it, packets of up to 64 KiB cross it, which are cut into
 * datagrams here and joined of them. The interface is not persistent and the descriptor is not inherited, so that the
 * interface vanishes with the process, however that ends and in whatever namespace it is by then.
 */
public final class LinuxTun implements TunDevice {
    /** Datagrams read in one turn of the loop, so that others have theirs; a packet that is cut is never left half. */
    private static final int BUDGET = 64;

    private final EventLoop loop;
    private final TunBuffers buffers;
    private final Offload most;
    private volatile TunFile file;
    private final TunStats stats = new TunStats();
    private final Segmenter segmenter = new Segmenter(stats);
    private volatile @Nullable PolledDescriptor polled;
    private @Nullable Reader reader;
    /** What joins datagrams for the host; null without offload. */
    private volatile @Nullable Coalescer coalescer;

    private boolean closed;
    /** Whether another descriptor is there that the loop does not know of yet. */
    private boolean reopening;

    private boolean paused;

    private LinuxTun(EventLoop loop, TunBuffers buffers, Offload most, TunFile file) {
        this.loop = loop;
        this.buffers = buffers;
        this.most = most;
        this.file = file;
    }

    /**
     * Makes an interface in the network namespace of the calling thread. It is down and has no address.
     *
     * @param loop one of Netty's epoll loops
     * @param buffers those of the loop
     * @param name null for the first free of pptp0, pptp1, …
     * @param most of it; an older kernel gives less
     * @throws HostChangeException when there is no such device, the name is not free, or a privilege is missing
     */
    public static LinuxTun open(EventLoop loop, TunBuffers buffers, @Nullable String name, Offload most)
            throws HostChangeException {
        return new LinuxTun(loop, buffers, most, TunFile.open(name, most));
    }

    @Override
    public synchronized void start(Listener listener) {
        if (closed) {
            throw new IllegalStateException(name() + " is closed");
        }
        Reader started = reader;
        if (started != null) {
            started.listener = listener;
            return;
        }
        if (offload() != Offload.NONE) {
            coalescer = new Coalescer(offload(), buffers, this::write);
        }
        Reader reading = new Reader(listener);
        reader = reading;
        polled = PolledDescriptor.register(loop, file.fd(), reading);
    }

    @Override
    public synchronized void reopen() throws HostChangeException {
        PolledDescriptor before = polled;
        Reader reading = reader;
        if (closed || reopening || reading == null || before == null || before.isOpen()) {
            return;
        }
        TunFile another = TunFile.open(name(), most);
        reopening = true;
        try {
            loop.execute(() -> adopt(another, reading));
        } catch (RejectedExecutionException e) {
            Libc.close(another.fd());
        }
    }

    /** On the loop, where nothing waits for the lock for long. */
    private synchronized void adopt(TunFile another, Reader reading) {
        reopening = false;
        if (closed) {
            Libc.close(another.fd());
            return;
        }
        file = another;
        paused = false;
        polled = PolledDescriptor.register(loop, another.fd(), reading);
    }

    /** What the kernel has agreed to. */
    public Offload offload() {
        return file.offload();
    }

    @Override
    public String name() {
        return file.name();
    }

    /** Live counters; read on the event loop. */
    @Override
    public TunStats stats() {
        return stats;
    }

    @Override
    public void send(ByteBuf datagram) {
        Coalescer joining = coalescer;
        if (joining == null) {
            write(datagram, 1, datagram.readableBytes());
        } else {
            joining.send(datagram);
        }
    }

    @Override
    public void flush() {
        Coalescer joining = coalescer;
        if (joining != null) {
            joining.flush();
        }
    }

    private void write(ByteBuf packet, int datagrams, int octets) {
        PolledDescriptor descriptor = polled;
        if (descriptor == null || descriptor.write(packet) <= 0) {
            stats.refused += datagrams;
            return;
        }
        stats.sent += datagrams;
        stats.sentOctets += octets;
        if (datagrams > 1) {
            stats.superPacketsSent++;
        }
    }

    @Override
    public void poll() {
        Reader reading = reader;
        if (reading != null) {
            reading.readable();
        }
    }

    @Override
    public void pause() {
        interest(Interest.NONE);
    }

    @Override
    public void resume() {
        interest(Interest.READ);
    }

    private void interest(Interest what) {
        PolledDescriptor descriptor = polled;
        if (descriptor != null) {
            paused = what == Interest.NONE;
            descriptor.interest(what);
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
            Libc.close(file.fd());
        }
    }

    /** Takes what the host sends. */
    private final class Reader implements PolledDescriptor.Handler {
        private Listener listener;

        Reader(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void readable() {
            PolledDescriptor descriptor = polled;
            if (descriptor == null) {
                return; // start() has not returned yet; called again at once
            }
            for (int left = BUDGET; left > 0 && descriptor.isOpen() && !paused; ) {
                ByteBuf buffer = place();
                int octets = descriptor.read(buffer);
                if (octets == 0) {
                    break;
                }
                if (octets < 0) {
                    fail(descriptor, -octets);
                    return;
                }
                // What is dropped has taken its time too.
                left -= Math.max(1, take(buffer));
            }
            if (descriptor.isOpen()) {
                listener.batchEnd();
            }
        }

        /** Finished datagrams are read where they are sent from. */
        private ByteBuf place() {
            return offload() == Offload.NONE ? listener.buffer() : buffers.forReading();
        }

        private int take(ByteBuf buffer) {
            if (offload() != Offload.NONE) {
                return segmenter.take(buffer, listener);
            }
            if (!buffer.isWritable()) {
                stats.tooLong++; // the kernel has cut off what had no room
                return 0;
            }
            stats.received++;
            stats.receivedOctets += buffer.readableBytes();
            listener.received(buffer);
            return 1;
        }

        @Override
        public void error() {
            PolledDescriptor descriptor = polled;
            if (descriptor != null) {
                int octets = descriptor.read(place());
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
