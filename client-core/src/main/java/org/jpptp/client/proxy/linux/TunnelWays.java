package org.jpptp.client.proxy.linux;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;
import org.jpptp.client.proxy.netty.Outward;
import org.jspecify.annotations.Nullable;

/** The ways out of the namespace that this process is in, all of which lead into the tunnel. On the event loop. */
final class TunnelWays implements Outward {
    /** Read at a time, and so often before others have their turn. */
    static final int READ_OCTETS = 1 << 14;

    static final int READS = 4;
    /** While more than the second is to be written to one side, the other is not read; below the first it is again. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 14, 1 << 16);

    private static final int CONNECT_MILLIS = 30_000;
    private static final int DATAGRAM_OCTETS = 1 << 16;
    private static final int DNS = 53;
    private static final long QUERY_MILLIS = 2_500;
    private static final int QUERIES = 8;
    private static final int LONGEST_KEPT_SECONDS = 300;

    private final EventLoop loop;
    private List<Inet4Address> servers = List.of();
    private @Nullable DnsNameResolver resolver;
    private BiConsumer<ChannelHandler, Answer<Channel>> forClients = (handler, answer) -> answer.failed(Refusal.FAILED);

    /** How connections are read on either side. */
    static RecvByteBufAllocator inReads() {
        return new FixedRecvByteBufAllocator(READ_OCTETS).maxMessagesPerRead(READS);
    }

    TunnelWays(EventLoop loop) {
        this.loop = loop;
    }

    /** Who opens sockets for datagrams of clients. */
    void clientsBy(BiConsumer<ChannelHandler, Answer<Channel>> opener) {
        forClients = opener;
    }

    /** Asks these for names from now on; from any thread. */
    void ask(List<Inet4Address> others) {
        loop.execute(() -> {
            if (!others.equals(servers)) {
                DnsNameResolver before = resolver;
                servers = others;
                resolver = others.isEmpty() ? null : asking(others);
                if (before != null) {
                    before.close();
                }
            }
        });
    }

    /** Each twice, for a datagram may be lost. */
    private DnsNameResolver asking(List<Inet4Address> whom) {
        List<InetSocketAddress> twice = Stream.concat(whom.stream(), whom.stream())
                .map(server -> new InetSocketAddress(server, DNS))
                .toList();
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(EpollDatagramChannel.class)
                .socketChannelType(EpollSocketChannel.class)
                .nameServerProvider(new SequentialDnsServerAddressStreamProvider(twice))
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY)
                .hostsFileEntriesResolver(noFile())
                .searchDomains(List.of())
                .queryTimeoutMillis(QUERY_MILLIS)
                .maxQueriesPerResolve(QUERIES)
                .ttl(0, LONGEST_KEPT_SECONDS)
                .build();
    }

    /** What this host calls others by is not what the network behind the tunnel does. */
    private static HostsFileEntriesResolver noFile() {
        return new HostsFileEntriesResolver() {
            @Override
            public @Nullable InetAddress address(String name, ResolvedAddressTypes types) {
                return null;
            }
        };
    }

    /** The tunnel carries IPv6 between its two ends at most, whose addresses are good for nothing without an interface. */
    @Override
    public void connect(Target target, EventLoop clients, Answer<Channel> answer) {
        if (NetUtil.isValidIpV6Address(target.host())) {
            answer.failed(Refusal.NETWORK_UNREACHABLE);
        } else {
            resolve(
                    target.host(),
                    clients,
                    Outward.answer(address -> connect(address, target.port(), answer), answer::failed));
        }
    }

    private void connect(InetAddress address, int port, Answer<Channel> answer) {
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, inReads())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address, port)
                .addListener((ChannelFuture connected) -> answer(connected, connected.channel(), answer));
    }

    @Override
    public void resolve(String host, EventLoop clients, Answer<InetAddress> answer) {
        DnsNameResolver asked = resolver;
        if (NetUtil.isValidIpV4Address(host)) {
            try {
                answer.succeeded(InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(host)));
            } catch (UnknownHostException e) {
                answer.failed(Refusal.NAME_NOT_FOUND);
            }
        } else if (asked == null || host.indexOf(':') >= 0) {
            answer.failed(Refusal.NAME_NOT_FOUND);
        } else {
            asked.resolve(host).addListener((Future<InetAddress> found) -> {
                if (found.isSuccess()) {
                    answer.succeeded(found.getNow());
                } else {
                    answer.failed(isSilence(found.cause()) ? Refusal.NAMES_SILENT : Refusal.NAME_NOT_FOUND);
                }
            });
        }
    }

    private static boolean isSilence(@Nullable Throwable why) {
        for (Throwable each = why; each != null; each = each.getCause()) {
            if (each instanceof DnsNameResolverTimeoutException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void openInside(EventLoop clients, ChannelHandler handler, Answer<Channel> answer) {
        new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_OCTETS))
                .handler(handler)
                .bind(0)
                .addListener((ChannelFuture bound) -> answer(bound, bound.channel(), answer));
    }

    @Override
    public void openForClients(EventLoop clients, ChannelHandler handler, Answer<Channel> answer) {
        forClients.accept(handler, answer);
    }

    /** Serves a socket that is there already. */
    void datagrams(EpollDatagramChannel socket, ChannelHandler handler, Answer<Channel> answer) {
        socket.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DATAGRAM_OCTETS));
        socket.pipeline().addLast(handler);
        loop.register(socket).addListener((ChannelFuture registered) -> answer(registered, socket, answer));
    }

    private static void answer(ChannelFuture done, Channel channel, Answer<Channel> answer) {
        if (done.isSuccess()) {
            answer.succeeded(channel);
        } else {
            answer.failed(refusal(done.cause()));
        }
    }

    /** By the words of errno, which Netty puts into the message of each kind of exception. */
    static Refusal refusal(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ConnectTimeoutException || message.contains("timed out")) {
            return Refusal.TIMED_OUT;
        }
        if (message.contains("Connection refused")) {
            return Refusal.CONNECTION_REFUSED;
        }
        if (message.contains("Network is unreachable")) {
            return Refusal.NETWORK_UNREACHABLE;
        }
        return message.contains("No route to host") || message.contains("Host is down")
                ? Refusal.HOST_UNREACHABLE
                : Refusal.FAILED;
    }
}
