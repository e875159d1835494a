package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.ProxyCounts;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.jpptp.client.proxy.UdpDatagram;
import org.jpptp.client.proxy.netty.Outward;
import org.jpptp.client.proxy.netty.ProxyInitializer;

/** A client of the proxy, in pieces, and what becomes of the connections that it asks for. */
public final class ProxyFuzz {
    private static final int MOST_STEPS = 64;
    private static final int OCTETS_BEYOND = 1 << 12;

    private ProxyFuzz() {}

    /** Connections that a later step makes, or does not. */
    private static final class Ways implements Outward {
        private final Deque<Answer<Channel>> waiting = new ArrayDeque<>();

        @Override
        public void connect(Target target, EventLoop loop, Answer<Channel> answer) {
            kept(target.port() > 0 && target.port() < 1 << 16, "a port is one");
            kept(target.host().chars().allMatch(c -> c > ' ' && c < 0x7F), "a name is printable");
            waiting.add(answer);
        }

        @Override
        public void resolve(String host, EventLoop loop, Answer<InetAddress> answer) {
            answer.failed(Refusal.NAME_NOT_FOUND);
        }

        @Override
        public void openInside(EventLoop loop, ChannelHandler handler, Answer<Channel> answer) {
            answer.failed(Refusal.FAILED);
        }

        @Override
        public void openForClients(EventLoop loop, ChannelHandler handler, Answer<Channel> answer) {
            answer.failed(Refusal.FAILED);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuf datagram = Unpooled.wrappedBuffer(data);
        kept(UdpDatagram.read(datagram).isEmpty() || datagram.readableBytes() < data.length, "a header is taken off");

        Input input = new Input(data);
        Ways ways = new Ways();
        ProxyInitializer proxy = new ProxyInitializer(new EmbeddedChannel(), ways);
        EmbeddedChannel client = new EmbeddedChannel(proxy);
        EmbeddedChannel way = new EmbeddedChannel();
        long said = 0;
        for (int i = 0; i < MOST_STEPS && !input.isEmpty() && client.isOpen(); i++) {
            switch (input.below(5)) {
                case 0, 1 -> client.writeInbound(Unpooled.wrappedBuffer(input.chunk()));
                case 2 -> {
                    Outward.Answer<Channel> answer = ways.waiting.poll();
                    if (answer != null && input.choice()) {
                        answer.succeeded(way);
                    } else if (answer != null) {
                        answer.failed(List.of(Refusal.values()).get(input.below(Refusal.values().length)));
                    }
                }
                case 3 -> client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                default -> {
                    client.advanceTimeBy(input.octet(), TimeUnit.SECONDS);
                    client.runScheduledPendingTasks();
                }
            }
            client.checkException();
            way.checkException();
        }
        for (ByteBuf each = client.readOutbound(); each != null; each = client.readOutbound()) {
            said += each.readableBytes();
            each.release();
        }
        kept(said <= data.length + OCTETS_BEYOND, "what is said is bounded by what came");
        kept(ways.waiting.size() <= 1, "a client has one connection");
        client.finishAndReleaseAll();
        way.finishAndReleaseAll();
        ProxyCounts counts = proxy.counts();
        kept(counts.open() == 0, "whoever is gone is counted no more");
        kept(counts.served() + counts.refused() <= 2, "a client is served once");
    }
}
