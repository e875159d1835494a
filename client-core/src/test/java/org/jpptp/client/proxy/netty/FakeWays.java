package org.jpptp.client.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.jspecify.annotations.Nullable;

/** Ways that end in memory: what goes out there, a test reads. */
final class FakeWays implements Outward {
    final List<Target> asked = new ArrayList<>();
    final Deque<Answer<Channel>> waiting = new ArrayDeque<>();

    @Nullable
    Refusal refusal;

    @Nullable
    EmbeddedChannel inside;

    @Nullable
    EmbeddedChannel outside;

    /** A channel as those of sockets are: what is written does not leave before it is flushed, and there is an address. */
    static EmbeddedChannel channel(String host, int port, ChannelHandler... handlers) {
        return new EmbeddedChannel(handlers) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(host, port);
            }

            @Override
            protected SocketAddress localAddress0() {
                return new InetSocketAddress("10.0.0.2", 4000);
            }
        };
    }

    @Override
    public void connect(Target target, EventLoop loop, Answer<Channel> answer) {
        asked.add(target);
        if (refusal != null) {
            answer.failed(refusal);
        } else {
            waiting.add(answer);
        }
    }

    /** Lets the first that waits have its connection. */
    EmbeddedChannel connected() {
        EmbeddedChannel way = channel("10.0.0.9", 80);
        way.config().setAutoRead(false);
        waiting.remove().succeeded(way);
        return way;
    }

    @Override
    public void resolve(String host, EventLoop loop, Answer<InetAddress> answer) {
        answer.succeeded(Cidr.parse(host)
                .map(Cidr::address)
                .orElse(Cidr.parse("10.0.0.77").orElseThrow().address()));
    }

    @Override
    public void openInside(EventLoop loop, ChannelHandler handler, Answer<Channel> answer) {
        inside = channel("10.0.0.9", 80, handler);
        answer.succeeded(inside);
    }

    @Override
    public void openForClients(EventLoop loop, ChannelHandler handler, Answer<Channel> answer) {
        outside = channel("127.0.0.1", 80, handler);
        answer.succeeded(outside);
    }
}
