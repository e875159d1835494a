package org.jpptp.control.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.UnreadException;
import org.jspecify.annotations.Nullable;

/**
 * TCP below a control machine, on an epoll event loop. Everything happens on that loop: {@link #send} and {@link
 * #close} are called there, the listener is called there.
 *
 * <p>What waits for a peer that does not read is bounded. From {@value #HIGH_WATER} octets on nothing more is read from it,
 * so that a flood of requests waits with the peer, until it has read the answers. One that reads none for half a minute, or
 * for which {@value #PENDING_LIMIT} octets are waiting, is cut off.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails comes back through the pipeline
public final class TcpTransport implements ControlTransport {
    static final int HIGH_WATER = 32 * 1024;
    /** More than the answers to all requests that one read may bring before reading stops. */
    static final int PENDING_LIMIT = 256 * 1024;
    /**
     * A hundred requests and more. An answer counts six times as much as its octets, for what Netty needs to keep it: to the
     * 4096 requests that Netty would read at once where many have come, there are more answers than the limit.
     */
    private static final int READ = 2048;

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER);

    private static final RecvByteBufAllocator SMALL_READS = new FixedRecvByteBufAllocator(READ);

    /** SO_MARK of socket(7): SOL_SOCKET is 1, the option 36. */
    private static final ChannelOption<Integer> MARK = new IntegerUnixChannelOption("SO_MARK", 1, 36);

    private final Channel channel;
    private @Nullable Throwable cause;

    private TcpTransport(Channel channel) {
        this.channel = channel;
    }

    /**
     * Connects to a server. Exactly one of {@code opened} and {@code failed} is called, once, on the loop.
     *
     * @param timeout how long that may take
     * @param mark of the packets, by which routing rules tell them from others; 0 for none, another one needs CAP_NET_ADMIN
     * @param opened is given the open transport and returns who listens to it
     * @return the channel; closing it gives up
     */
    public static Channel connect(
            EventLoop loop,
            InetSocketAddress server,
            Duration timeout,
            int mark,
            Function<? super TcpTransport, ? extends Listener> opened,
            Consumer<ConnectFailure> failed) {
        Bootstrap bootstrap = new Bootstrap();
        if (mark != 0) {
            bootstrap.option(MARK, mark);
        }
        ChannelFuture connecting = bootstrap
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                .option(ChannelOption.TCP_NODELAY, Boolean.TRUE)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new Handler(opened))
                .connect(server);
        connecting.addListener(done -> {
            Throwable cause = done.cause();
            if (cause != null) {
                failed.accept(ConnectErrors.failure(cause));
            }
        });
        return connecting.channel();
    }

    /**
     * Listens for clients. Blocks until it does, so it is not for an event loop; throws what the operating system said
     * when it cannot.
     *
     * @param accepted is given each client's transport and returns who listens to it
     * @return the channel that has the local address; closing it ends the listening, not the connections
     */
    public static Channel bind(EventLoop loop, InetSocketAddress address, Function<TcpTransport, Listener> accepted) {
        return listening(loop, accepted).bind(address).syncUninterruptibly().channel();
    }

    /** What {@link #bind} does, without an address yet. */
    static ServerBootstrap listening(EventLoop loop, Function<TcpTransport, Listener> accepted) {
        return new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, Boolean.TRUE)
                .childOption(ChannelOption.TCP_NODELAY, Boolean.TRUE)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline().addLast(new Handler(accepted));
                    }
                });
    }

    @Override
    public void send(ByteBuf octets) {
        if (!channel.isActive()) {
            return;
        }
        channel.writeAndFlush(
                channel.alloc()
                        .buffer(octets.readableBytes())
                        .writeBytes(octets, octets.readerIndex(), octets.readableBytes()),
                channel.voidPromise());
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending != null && pending.totalPendingWriteBytes() > PENDING_LIMIT) {
            fail(new UnreadException("the peer does not read, and " + PENDING_LIMIT + " octets wait for it"));
        }
    }

    @Override
    public Duration establishing() {
        // Just connected, the kernel knows one round trip: from SYN to SYN-ACK.
        return channel instanceof EpollSocketChannel tcp
                ? Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(tcp.tcpInfo().rtt()))
                : Duration.ZERO;
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** The peer's end of the connection. */
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    private void fail(Throwable why) {
        if (cause == null) {
            cause = why;
        }
        channel.close();
    }

    /** Turns the events of a channel into calls of a listener. */
    static final class Handler extends ChannelInboundHandlerAdapter {
        private final Function<? super TcpTransport, ? extends Listener> opened;
        private @Nullable TcpTransport transport;
        private @Nullable Listener listener;
        /** Runs while answers wait for a peer that does not read. */
        private @Nullable Future<?> patience;

        Handler(Function<? super TcpTransport, ? extends Listener> opened) {
            this.opened = opened;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.channel().config().setRecvByteBufAllocator(SMALL_READS);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            TcpTransport active = new TcpTransport(context.channel());
            transport = active;
            listener = opened.apply(active);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf octets = (ByteBuf) message;
            try {
                if (listener != null) {
                    listener.received(octets);
                }
            } finally {
                octets.release();
            }
        }

        /** Reads on when the peer has read; until then its requests wait on its side. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            boolean writable = context.channel().isWritable();
            context.channel().config().setAutoRead(writable);
            if (patience != null) {
                patience.cancel(false);
                patience = null;
            }
            TcpTransport pausing = transport;
            if (!writable && pausing != null) {
                patience = context.executor()
                        .schedule(
                                () -> pausing.fail(new UnreadException("the peer has read nothing for "
                                        + PATIENCE.toSeconds() + " s while answers wait for it")),
                                PATIENCE.toSeconds(),
                                TimeUnit.SECONDS);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (patience != null) {
                patience.cancel(false);
            }
            if (listener != null && transport != null) {
                listener.closed(transport.cause);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (transport != null) {
                transport.fail(cause);
            } else {
                context.close();
            }
        }
    }
}
