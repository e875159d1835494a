package org.jpptp.client.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.socksx.SocksMessage;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jpptp.client.proxy.Refusal;
import org.jpptp.client.proxy.Target;

/** SOCKS5 (RFC 1928), without authentication: CONNECT and UDP ASSOCIATE. */
final class SocksNegotiation extends Negotiation {
    SocksNegotiation(Services services) {
        super(services);
    }

    @Override
    void said(ChannelHandlerContext context, Object message) {
        if (!(message instanceof SocksMessage said) || said.decoderResult().isFailure()) {
            services().count().refused();
            ChannelFuture unused = context.close();
        } else if (message instanceof Socks5InitialRequest greeting) {
            greet(context, greeting);
        } else if (message instanceof Socks5CommandRequest request) {
            serve(context, request);
        }
    }

    private void greet(ChannelHandlerContext context, Socks5InitialRequest greeting) {
        if (!greeting.authMethods().contains(Socks5AuthMethod.NO_AUTH)) {
            services().count().refused();
            last(context, new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED));
            return;
        }
        ChannelFuture unused = context.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.NO_AUTH));
        context.pipeline().replace(Socks5InitialRequestDecoder.class, null, new Socks5CommandRequestDecoder());
    }

    private void serve(ChannelHandlerContext context, Socks5CommandRequest request) {
        if (request.type().equals(Socks5CommandType.CONNECT)) {
            Optional<Target> target = Target.of(request.dstAddr(), request.dstPort());
            target.ifPresentOrElse(to -> connect(context, to), () -> failed(context, Refusal.NAME_NOT_FOUND));
        } else if (request.type().equals(Socks5CommandType.UDP_ASSOCIATE)) {
            associate(context, request.dstPort());
        } else {
            failed(context, Refusal.UNSUPPORTED);
        }
    }

    /** @param port from which the client's datagrams will come, 0 where it does not say */
    private void associate(ChannelHandlerContext context, int port) {
        understood();
        SocketAddress client = context.channel().remoteAddress();
        if (!(client instanceof InetSocketAddress from)) {
            failed(context, Refusal.UNSUPPORTED);
            return;
        }
        services()
                .associations()
                .open(
                        context.channel(),
                        from.getAddress(),
                        port,
                        Outward.answer(
                                at -> {
                                    services().count().served();
                                    ChannelFuture unused = context.writeAndFlush(success(at));
                                },
                                why -> failed(context, why)));
    }

    @Override
    void established(ChannelHandlerContext context, Channel way) {
        ChannelFuture unused = context.writeAndFlush(success(way.localAddress()));
        context.pipeline().remove(Socks5CommandRequestDecoder.class);
        context.pipeline().remove(Socks5ServerEncoder.class);
    }

    @Override
    void refuse(ChannelHandlerContext context, Refusal why) {
        last(context, new DefaultSocks5CommandResponse(status(why), Socks5AddressType.IPv4, "0.0.0.0", 0));
    }

    private static Socks5CommandResponse success(SocketAddress at) {
        if (at instanceof InetSocketAddress socket && socket.getAddress() instanceof Inet4Address address) {
            return response(Socks5AddressType.IPv4, address.getHostAddress(), socket.getPort());
        }
        if (at instanceof InetSocketAddress socket && socket.getAddress() instanceof Inet6Address address) {
            return response(Socks5AddressType.IPv6, address.getHostAddress().replaceFirst("%.*", ""), socket.getPort());
        }
        return response(Socks5AddressType.IPv4, "0.0.0.0", 0);
    }

    private static Socks5CommandResponse response(Socks5AddressType type, String address, int port) {
        return new DefaultSocks5CommandResponse(Socks5CommandStatus.SUCCESS, type, address, port);
    }

    /** RFC 1928 §6. */
    private static Socks5CommandStatus status(Refusal why) {
        return switch (why) {
            case NETWORK_UNREACHABLE -> Socks5CommandStatus.NETWORK_UNREACHABLE;
            case HOST_UNREACHABLE, NAME_NOT_FOUND, NAMES_SILENT -> Socks5CommandStatus.HOST_UNREACHABLE;
            case CONNECTION_REFUSED -> Socks5CommandStatus.CONNECTION_REFUSED;
            case TIMED_OUT -> Socks5CommandStatus.TTL_EXPIRED;
            case UNSUPPORTED -> Socks5CommandStatus.COMMAND_UNSUPPORTED;
            case MALFORMED, TOO_MANY, FAILED -> Socks5CommandStatus.FAILURE;
        };
    }
}
