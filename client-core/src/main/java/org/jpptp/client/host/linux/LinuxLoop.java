package org.jpptp.client.host.linux;

import com.sun.jna.Memory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.client.Offload;
import org.jpptp.client.diagnosis.LimitDiagnosis;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.linux.OuterMark;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.linux.LinuxTun;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.netty.TcpTransport;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.io.RawSocketException;
import org.jpptp.gre.linux.GreSockets;
import org.jspecify.annotations.Nullable;

/**
 * One epoll event loop with its thread, which starts with the first task and is in the network namespace of its maker. It
 * serves one tunnel or many.
 */
public final class LinuxLoop implements TunnelLoop, AutoCloseable {
    private static final long END_SECONDS = 2;
    private static final int TIMESPEC_OCTETS = 16;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jpptp-loop", true), EpollIoHandler.newFactory());

    private final EventLoop loop = group.next();
    private final WayWatch ways = new WayWatch(loop);
    private final int mark = OuterMark.ofProcess();
    private final GreSockets greSockets = new GreSockets(loop, mark);
    private final TunBuffers tunBuffers = new TunBuffers();

    /**
     * A loop.
     *
     * @throws HostChangeException where the host lets none be made
     */
    static LinuxLoop made() throws HostChangeException {
        try {
            return new LinuxLoop();
        } catch (IllegalStateException | ChannelException e) {
            throw refused(e);
        }
    }

    /** Netty wraps what the system said. */
    private static HostChangeException refused(RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return LimitDiagnosis.reached("An event loop cannot be made", String.valueOf(cause.getMessage()))
                .map(HostChangeException::new)
                .orElseThrow(() -> e);
    }

    /** Loads and initializes what every loop needs, so that the first does not take its time while a server waits. */
    static void load() {
        try (LinuxLoop loop = new LinuxLoop()) {
            Channel socket = new EpollSocketChannel();
            loop.group.register(socket).awaitUninterruptibly();
            socket.close().awaitUninterruptibly();
        }
    }

    /** For channels of others. */
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long sleeplessNow() {
        try (Memory time = new Memory(TIMESPEC_OCTETS)) {
            return Libc.clock_gettime(Libc.CLOCK_BOOTTIME, time) == 0
                    ? TimeUnit.SECONDS.toNanos(time.getLong(0)) + time.getLong(Long.BYTES)
                    : now();
        }
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        return loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public TunDevice openTun(@Nullable String name, Offload most) throws HostChangeException {
        return LinuxTun.open(loop, tunBuffers, name, most);
    }

    @Override
    public boolean isFree(Inet4Address peer, int callId) {
        return greSockets.isFree(peer, callId);
    }

    @Override
    public GreSocket greSocket(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException {
        return greSockets.open(peer, callId, listener);
    }

    @Override
    public GreArrivals arrivals(Inet4Address peer, int callId) {
        return greSockets.arrivals(peer, callId);
    }

    @Override
    public Runnable watchWays(Consumer<Surroundings> changed) {
        return ways.add(changed);
    }

    @Override
    public Runnable connect(
            InetSocketAddress server,
            Duration timeout,
            Function<ControlTransport, ControlTransport.Listener> opened,
            Consumer<ConnectFailure> failed) {
        Channel connecting = TcpTransport.connect(loop, server, timeout, mark, opened, failed);
        return () -> {
            ChannelFuture unused = connecting.close();
        };
    }

    /** Waits, in bounded time, until what is queued is carried out, such as the closing of descriptors. Not on the loop. */
    public void settle() {
        loop.submit(() -> {}).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }

    /** Carries out what is queued (closing descriptors), ends the thread and waits for that, in bounded time. */
    @Override
    public void close() {
        // A shutdown without a quiet period may leave out what was queued just before it.
        settle();
        group.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
