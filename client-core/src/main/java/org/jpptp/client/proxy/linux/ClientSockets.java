package org.jpptp.client.proxy.linux;

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
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.InnerNamespace;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that clients of this host know: opened here, where they are, and given to the process of the proxy (unix(7),
 * SCM_RIGHTS), which can open none here. First the one that listens; then one for datagrams for each octet that the process
 * sends.
 */
final class ClientSockets implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final EventLoop loop;
    private final Path rendezvous;
    private final CompletableFuture<Void> given = new CompletableFuture<>();
    private final EpollServerSocketChannel listener;
    private final InetSocketAddress address;
    private final Channel meeting;
    private volatile @Nullable Channel process;

    /**
     * Listens, but accepts nobody yet.
     *
     * @param rendezvous where the process comes for them; need not exist
     */
    ClientSockets(EventLoop loop, ProxySettings proxy, Path rendezvous) throws HostChangeException {
        this.loop = loop;
        this.rendezvous = rendezvous;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(proxy.listening())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new HostChangeException(ProxyDiagnosis.notListening(proxy, InnerNamespace.reason(bound.cause())));
        }
        this.listener = (EpollServerSocketChannel) bound.channel();
        this.address = listener.localAddress();
        ChannelFuture met = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Giver());
                    }
                })
                .bind(new DomainSocketAddress(rendezvous.toString()))
                .awaitUninterruptibly();
        this.meeting = met.channel();
        if (!met.isSuccess()) {
            close();
            throw new HostChangeException(ProxyDiagnosis.gone(InnerNamespace.reason(met.cause())));
        }
    }

    /** Where clients find the proxy. */
    InetSocketAddress address() {
        return address;
    }

    /** Done once the process has what clients connect to. */
    CompletableFuture<Void> given() {
        return given;
    }

    private void give(Channel to, UnixChannel socket) {
        FileDescriptor descriptor = socket.fd();
        ChannelFuture unused = to.writeAndFlush(descriptor).addListener(written -> {
            ChannelFuture unusedToo = ((Channel) socket).close(); // the other process has it now
            if (socket.equals(listener) && written.isSuccess()) {
                given.complete(null);
            }
        });
    }

    private void datagramSocket(Channel to) {
        new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(address.getAddress(), 0)
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        give(to, (EpollDatagramChannel) bound.channel());
                    } else {
                        ChannelFuture unused =
                                to.close(); // this host has no room for any more, and the proxy ends with its tunnel
                    }
                });
    }

    /** Nobody else can come there, since the directory is this user's. */
    private final class Giver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            process = context.channel();
            ChannelFuture unused = meeting.close();
            give(context.channel(), listener);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf wishes) {
                for (int each = wishes.readableBytes(); each > 0; each--) {
                    datagramSocket(context.channel());
                }
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        meeting.close().awaitUninterruptibly();
        Channel open = process;
        if (open != null) {
            open.close().awaitUninterruptibly();
        }
        try {
            Files.deleteIfExists(rendezvous);
        } catch (IOException e) {
            // In a directory that a boot empties.
        }
    }
}
