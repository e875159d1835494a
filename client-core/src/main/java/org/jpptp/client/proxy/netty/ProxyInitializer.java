package org.jpptp.client.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.ProxyCounts;
import org.jspecify.annotations.Nullable;

/**
 * Makes of each connection of a client's one to what it wants, in SOCKS5 (RFC 1928) or HTTP (RFC 9110 §9.3.6), which the
 * first octet tells apart. One event loop serves all of them.
 */
public final class ProxyInitializer extends ChannelInitializer<Channel> {
    /** As many clients are served at a time; others wait to be accepted. */
    public static final int MOST_CONNECTIONS = 1024;

    private static final int SOCKS5 = 5;
    private static final int MOST_OF_A_LINE = 8192;
    private static final int MOST_OF_A_HEAD = 16384;

    private final Channel listener;
    private final int most;
    private final Services services;

    /** @param listener is accepted from, or not, as there is room */
    public ProxyInitializer(Channel listener, Outward outward) {
        this(listener, outward, MOST_CONNECTIONS);
    }

    ProxyInitializer(Channel listener, Outward outward, int most) {
        this.listener = listener;
        this.most = most;
        this.services = new Services(outward, new ProxyCount(), new UdpAssociations(outward));
    }

    /** What was done so far; on the event loop. */
    public ProxyCounts counts() {
        return services.count().now();
    }

    @Override
    protected void initChannel(Channel client) {
        services.count().opened();
        accept();
        client.closeFuture().addListener(closed -> {
            services.count().closed();
            accept();
        });
        client.pipeline().addLast(new Chooser());
    }

    private void accept() {
        listener.config().setAutoRead(services.count().open() < most);
    }

    /** Waits for the first octet. */
    private final class Chooser extends ByteToMessageDecoder {
        private @Nullable ScheduledFuture<?> patience;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            patience = context.executor()
                    .schedule(
                            () -> {
                                ChannelFuture unused = context.close();
                            },
                            Negotiation.SECONDS,
                            TimeUnit.SECONDS);
        }

        @Override
        protected void handlerRemoved0(ChannelHandlerContext context) {
            if (patience != null) {
                patience.cancel(false);
            }
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int first = in.getUnsignedByte(in.readerIndex());
            ChannelPipeline pipeline = context.pipeline();
            if (first == SOCKS5) {
                pipeline.addLast(
                        Socks5ServerEncoder.DEFAULT, new Socks5InitialRequestDecoder(), new SocksNegotiation(services));
            } else if (first >= 'A' && first <= 'Z') {
                pipeline.addLast(
                        new HttpRequestDecoder(new HttpDecoderConfig()
                                .setMaxInitialLineLength(MOST_OF_A_LINE)
                                .setMaxHeaderSize(MOST_OF_A_HEAD)),
                        new HttpResponseEncoder(),
                        new HttpNegotiation(services));
            } else {
                services.count().refused();
                in.skipBytes(in.readableBytes());
                ChannelFuture unused = context.close();
                return;
            }
            pipeline.remove(this); // what is there goes to the handlers behind
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ChannelFuture unused = context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
