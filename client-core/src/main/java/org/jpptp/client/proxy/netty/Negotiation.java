package org.jpptp.client.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.jspecify.annotations.Nullable;

/** What a client says before its octets are only handed on. What it sends too early waits, in bounded room. */
abstract class Negotiation extends ChannelInboundHandlerAdapter {
    /** Whoever has not said by then what he wants is not waited for. */
    static final int SECONDS = 10;

    private static final int MOST_EARLY_OCTETS = 1 << 16;

    private final Services services;
    private final List<ByteBuf> early = new ArrayList<>();
    private int earlyOctets;
    private boolean connecting;
    /** The client has said all that it will say. */
    private boolean silent;

    private @Nullable ScheduledFuture<?> patience;

    Negotiation(Services services) {
        this.services = services;
    }

    Services services() {
        return services;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor()
                .schedule(
                        () -> {
                            ChannelFuture unused = context.close();
                        },
                        SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        understood();
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    /** It is known what the client wants. */
    final void understood() {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf octets) {
            earlyOctets += octets.readableBytes();
            early.add(octets);
            if (earlyOctets > MOST_EARLY_OCTETS) {
                ChannelFuture unused = context.close();
            }
        } else {
            try {
                said(context, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
    }

    /** A message of the protocol, which is the caller's. */
    abstract void said(ChannelHandlerContext context, Object message);

    /** There is a way to what the client wants; it is told so, and the handlers of the protocol go. */
    abstract void established(ChannelHandlerContext context, Channel way);

    /** There is none; the client is told so, and the connection is closed. */
    abstract void refuse(ChannelHandlerContext context, Refusal why);

    final void connect(ChannelHandlerContext context, Target target) {
        understood();
        connecting = true;
        context.channel().config().setAutoRead(false);
        services.outward()
                .connect(
                        target,
                        context.channel().eventLoop(),
                        Outward.answer(way -> connected(context, way), why -> failed(context, why)));
    }

    private void connected(ChannelHandlerContext context, Channel way) {
        if (!context.channel().isActive()) {
            ChannelFuture unused = way.close();
            return;
        }
        services.count().served();
        established(context, way);
        way.pipeline().addLast(new Relay(context.channel()));
        context.pipeline().addLast(new Relay(way));
        early.forEach(context::fireChannelRead);
        early.clear();
        context.fireChannelReadComplete();
        context.pipeline().remove(this);
        way.config().setAutoRead(true);
        if (silent) {
            context.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            silent = true;
            if (!connecting) {
                ChannelFuture unused = context.close();
            }
        }
    }

    final void failed(ChannelHandlerContext context, Refusal why) {
        services.count().refused();
        if (context.channel().isActive()) {
            refuse(context, why);
        }
    }

    /** Sends the last that this client hears. */
    static void last(ChannelHandlerContext context, Object message) {
        ChannelFuture unused = context.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
