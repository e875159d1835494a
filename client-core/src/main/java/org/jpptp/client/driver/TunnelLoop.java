package org.jpptp.client.driver;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.gre.linux.GreSockets;

/**
 * One epoll event loop with its thread, which starts with the first task and is in the network namespace of its maker. It
 * serves one tunnel or many.
 */
public final class TunnelLoop implements AutoCloseable {
    private static final long END_SECONDS = 2;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jpptp-loop", true), EpollIoHandler.newFactory());

    private final EventLoop loop = group.next();
    private final GreSockets greSockets = new GreSockets(loop);
    private final TunBuffers tunBuffers = new TunBuffers();

    private final AtomicBoolean used = new AtomicBoolean();

    /** The loop. */
    public EventLoop eventLoop() {
        return loop;
    }

    /** The raw sockets of this loop's tunnels. */
    public GreSockets greSockets() {
        return greSockets;
    }

    /** The memory that this loop's interfaces share. */
    public TunBuffers tunBuffers() {
        return tunBuffers;
    }

    /** Whether nobody has asked before: what is needed once, however many tunnels there are, is then due. */
    public boolean isFirstUse() {
        return used.compareAndSet(false, true);
    }

    /** Waits, in bounded time, until what is queued is carried out, such as the closing of descriptors. Not on the loop. */
    public void settle() {
        eventLoop().submit(() -> {}).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }

    /** Carries out what is queued (closing descriptors), ends the thread and waits for that, in bounded time. */
    @Override
    public void close() {
        // A shutdown without a quiet period may leave out what was queued just before it.
        settle();
        group.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
