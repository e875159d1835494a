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
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jspecify.annotations.Nullable;

/**
 * TCP below a control machine, on an epoll event loop. Everything happens on that loop: {@link #send} and {@link
 * #close} are called there, the listener is called there.
 *
 * <p>What waits for a peer that does not read is bounded: beyond {@value #PENDING_LIMIT} octets the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails comes back through the pipeline
public final class TcpTransport implements ControlTransport {
    static final int PENDING_LIMIT = 64 * 1024;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(PENDING_LIMIT / 2, PENDING_LIMIT);

    private final Channel channel;
    private @Nullable Throwable cause;

    private TcpTransport(Channel channel) {
        this.channel = channel;
    }

    /**
     * Connects to a server. Exactly one of {@code opened} and {@code failed} is called, once, on the loop.
     *
     * @param timeout how long that may take
     * @param opened is given the open transport and returns who listens to it
     * @return the channel; closing it gives up
     */
    public static Channel connect(
            EventLoop loop,
            InetSocketAddress server,
            Duration timeout,
            Function<TcpTransport, Listener> opened,
            Consumer<ConnectFailure> failed) {
        ChannelFuture connecting = new Bootstrap()
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
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
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
        if (!channel.isWritable()) {
            fail(new IOException("the peer does not read: " + PENDING_LIMIT + " octets are waiting for it"));
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Our end of the connection. */
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
    private static final class Handler extends ChannelInboundHandlerAdapter {
        private final Function<TcpTransport, Listener> opened;
        private @Nullable TcpTransport transport;
        private @Nullable Listener listener;

        Handler(Function<TcpTransport, Listener> opened) {
            this.opened = opened;
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

        @Override
        public void channelInactive(ChannelHandlerContext context) {
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
