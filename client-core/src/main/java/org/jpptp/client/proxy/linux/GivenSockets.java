package org.jpptp.client.proxy.linux;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.client.ProxyCounts;
import org.jpptp.client.proxy.InnerLine.Reply;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.netty.Outward;
import org.jpptp.client.proxy.netty.ProxyInitializer;
import org.jspecify.annotations.Nullable;

/** What the tunnel's process gives the proxy: the socket that clients connect to, and those for their datagrams. */
final class GivenSockets extends ChannelInboundHandlerAdapter {
    private static final long COUNT_SECONDS = 1;
    private static final int WISH = 1;

    /** Who waits for a socket for datagrams, the first first. */
    private final Deque<Wish> wishes = new ArrayDeque<>();

    private final TunnelWays ways;
    private final Consumer<Reply> counted;
    private boolean listens;
    private @Nullable ChannelHandlerContext giver;
    private ProxyCounts told = ProxyCounts.NONE;

    GivenSockets(TunnelWays ways, Consumer<Reply> counted) {
        this.ways = ways;
        this.counted = counted;
        ways.clientsBy(this::wish);
    }

    /** A socket that is wanted. */
    private record Wish(ChannelHandler handler, Outward.Answer<Channel> answer) {}

    private void wish(ChannelHandler handler, Outward.Answer<Channel> answer) {
        ChannelHandlerContext from = giver;
        if (from == null) {
            answer.failed(Refusal.FAILED);
            return;
        }
        wishes.add(new Wish(handler, answer));
        ChannelFuture unused = from.writeAndFlush(Unpooled.buffer(1).writeByte(WISH));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        giver = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof FileDescriptor descriptor)) {
            return;
        }
        if (!listens) {
            listens = true;
            listen(context.channel().eventLoop(), descriptor.intValue());
        } else if (!wishes.isEmpty()) {
            Wish wish = wishes.remove();
            ways.datagrams(new EpollDatagramChannel(descriptor.intValue()), wish.handler(), wish.answer());
        }
    }

    private void listen(EventLoop loop, int descriptor) {
        EpollServerSocketChannel listener = new EpollServerSocketChannel(descriptor);
        ProxyInitializer proxy = new ProxyInitializer(listener, ways);
        ChannelFuture unused = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> (ServerChannel) listener)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, TunnelWays.inReads())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TunnelWays.WATER_MARK)
                .childHandler(proxy)
                .register();
        ScheduledFuture<?> unusedToo =
                loop.scheduleAtFixedRate(() -> count(proxy.counts()), COUNT_SECONDS, COUNT_SECONDS, TimeUnit.SECONDS);
    }

    private void count(ProxyCounts now) {
        if (!now.equals(told)) {
            told = now;
            counted.accept(new Reply.Counted(now));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
