package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.netty.PolledDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A raw IPv4 socket for protocol 47, connected to one peer: the kernel lets through only what that address sent, and
 * reports ICMP errors about what we sent. Needs CAP_NET_RAW when it is opened. A server opens one for each client.
 *
 * <p>Outer datagrams go without "don't fragment" (IP_PMTUDISC_DONT): on a narrow path a fragmented tunnel is slow, one
 * whose large packets vanish is broken, and a forged "fragmentation needed" cannot shrink it.
 */
public final class RawGreSocket implements GreSocket {
    /** Datagrams read before others on the loop have their turn. */
    static final int BUDGET = 64;

    /** More than a PPP frame of any MRU that we agree to needs; what is longer arrives truncated, and is dropped. */
    private static final int DATAGRAM_LENGTH = 4096;

    /** What is in flight while the loop is busy elsewhere: some milliseconds of a fast link. */
    private static final int KERNEL_BUFFER = 4 << 20;

    private static final int SOCKADDR_IN_LENGTH = 16;

    private final Listener listener;
    private final Inet4Address local;
    private final ErrorQueue errors = new ErrorQueue();
    /** Not from an allocator: there is no moment at which it would have to be released. */
    private final ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(DATAGRAM_LENGTH));

    private final ByteBuf slot = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(DATAGRAM_LENGTH));
    private final PolledDescriptor descriptor;
    private int refusal;

    /**
     * Opens the socket in the network namespace of the calling thread. The listener is called on the loop; when this is
     * not the loop's thread, possibly before the method returns.
     *
     * @throws RawSocketException with the step and the errno
     */
    public static RawGreSocket open(Inet4Address peer, EventLoop loop, Listener listener) throws RawSocketException {
        int type = Libc.SOCK_RAW | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        int fd = Libc.socket(Libc.AF_INET, type, Libc.IPPROTO_GRE);
        check("socket()", fd);
        boolean open = false;
        try {
            setOptions(fd);
            connect(fd, peer);
            RawGreSocket socket = new RawGreSocket(fd, localAddress(fd), loop, listener);
            open = true;
            return socket;
        } catch (UncheckedIOException e) {
            throw (RawSocketException) new RawSocketException("epoll_ctl()", Errno.EIO.code()).initCause(e);
        } finally {
            if (!open) {
                Libc.close(fd);
            }
        }
    }

    private RawGreSocket(int fd, Inet4Address local, EventLoop loop, Listener listener) {
        this.local = local;
        this.listener = listener;
        this.descriptor = PolledDescriptor.register(loop, fd, new Events());
    }

    /** Our address on the way to the peer, as routing chose it when the socket was opened. */
    public Inet4Address local() {
        return local;
    }

    @Override
    public ByteBuf slot() {
        return slot.setIndex(SLOT_HEADROOM, SLOT_HEADROOM);
    }

    @Override
    public int flush() {
        int told = refusal;
        refusal = 0;
        return told;
    }

    @Override
    public boolean isCongested() {
        return false;
    }

    @Override
    public void send(ByteBuf packet) {
        int result = descriptor.write(packet);
        if (result < 0) {
            // An ICMP error that is pending is told to whichever call comes first, instead of doing the call. This
            // packet is not to blame, and the error queue tells the story in a moment: once more.
            result = descriptor.write(packet);
        }
        boolean queueFull = result == 0 || result == -Errno.EAGAIN.code() || result == -Errno.ENOBUFS.code();
        if (result <= 0 && !queueFull) {
            refusal = -result;
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private static void check(String step, int result) throws RawSocketException {
        if (result < 0) {
            throw new RawSocketException(step, Libc.errno());
        }
    }

    private static void setOptions(int fd) throws RawSocketException {
        // FORCE goes beyond the system's limit and needs CAP_NET_ADMIN; without it, as much as the limit gives.
        if (setInt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, KERNEL_BUFFER) < 0) {
            check("setsockopt(SO_RCVBUF)", setInt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, KERNEL_BUFFER));
        }
        if (setInt(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, KERNEL_BUFFER) < 0) {
            check("setsockopt(SO_SNDBUF)", setInt(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, KERNEL_BUFFER));
        }
        check("setsockopt(IP_RECVERR)", setInt(fd, Libc.IPPROTO_IP, Libc.IP_RECVERR, 1));
        check("setsockopt(IP_MTU_DISCOVER)", setInt(fd, Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_DONT));
    }

    private static int setInt(int fd, int level, int option, int value) {
        try (Memory memory = new Memory(Integer.BYTES)) {
            memory.setInt(0, value);
            return Libc.setsockopt(fd, level, option, memory, Integer.BYTES);
        }
    }

    /** {@code struct sockaddr_in}: family, port (none here), address, padding. */
    private static void connect(int fd, Inet4Address peer) throws RawSocketException {
        try (Memory address = new Memory(SOCKADDR_IN_LENGTH)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_INET);
            address.write(4, peer.getAddress(), 0, 4);
            check("connect()", Libc.connect(fd, address, SOCKADDR_IN_LENGTH));
        }
    }

    private static Inet4Address localAddress(int fd) throws RawSocketException {
        try (Memory address = new Memory(SOCKADDR_IN_LENGTH);
                Memory length = new Memory(Integer.BYTES)) {
            length.setInt(0, SOCKADDR_IN_LENGTH);
            check("getsockname()", Libc.getsockname(fd, address, length));
            return (Inet4Address) InetAddress.getByAddress(address.getByteArray(4, 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private final class Events implements PolledDescriptor.Handler {
        /** The socket's own reference may not be written yet when the first event comes. */
        private @Nullable PolledDescriptor source;

        @Override
        public void registered(PolledDescriptor descriptor) {
            source = descriptor;
        }

        @Override
        public void readable() {
            PolledDescriptor from = Objects.requireNonNull(source);
            for (int i = 0; i < BUDGET && from.isOpen(); i++) {
                int octets = from.read(datagram.clear());
                if (octets <= 0) {
                    if (octets < 0) {
                        failed(from, -octets);
                    }
                    break;
                }
                listener.received(datagram);
            }
            if (from.isOpen()) {
                listener.batchEnd();
            }
        }

        @Override
        public void error() {
            PolledDescriptor from = Objects.requireNonNull(source);
            if (!takeErrors(from)) {
                int errno = pendingError(from.fd());
                if (errno != 0) {
                    listener.failed(errno);
                }
            }
        }

        /** An errno that comes with an ICMP error is told as that. */
        private void failed(PolledDescriptor from, int errno) {
            if (!takeErrors(from)) {
                listener.failed(errno);
            }
        }

        private boolean takeErrors(PolledDescriptor from) {
            boolean some = false;
            for (int i = 0; i < BUDGET && from.isOpen() && errors.takeOne(from.fd(), listener); i++) {
                some = true;
            }
            return some;
        }

        /** Reading SO_ERROR also clears it; otherwise the loop would report it for ever. */
        private int pendingError(int fd) {
            try (Memory value = new Memory(Integer.BYTES);
                    Memory length = new Memory(Integer.BYTES)) {
                value.setInt(0, 0);
                length.setInt(0, Integer.BYTES);
                return Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ERROR, value, length) < 0
                        ? Libc.errno()
                        : value.getInt(0);
            }
        }
    }
}
