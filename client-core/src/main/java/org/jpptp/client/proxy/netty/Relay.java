package org.jpptp.client.proxy.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Hands on what one connection brings to the other, no faster than that takes it: while the other has more than a little to
 * write, nothing is read here. Each of a pair has one, on the same event loop.
 */
final class Relay extends ChannelInboundHandlerAdapter {
    /** How long a client may take to read the rest once the other side is gone. */
    private static final int REST_SECONDS = 60;

    private final Channel other;

    Relay(Channel other) {
        this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelFuture unused = other.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        context.channel().config().setAutoRead(other.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ChannelFuture unused =
                    other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(context.channel()));
        }
    }

    /** What comes the other way goes on, until that has ended, too. */
    private void endOutput(Channel from) {
        if (other instanceof DuplexChannel to && !to.isInputShutdown()) {
            ChannelFuture unused = to.shutdownOutput();
        } else {
            ChannelFuture unusedOther = other.close();
            ChannelFuture unused = from.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (other.isActive()) {
            ScheduledFuture<?> patience = other.eventLoop()
                    .schedule(
                            () -> {
                                ChannelFuture unusedToo = other.close();
                            },
                            REST_SECONDS,
                            TimeUnit.SECONDS);
            other.closeFuture().addListener(closed -> patience.cancel(false));
            ChannelFuture unused = other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
