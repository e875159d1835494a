package org.jpptp.client.proxy.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.proxy.Target;
import org.jpptp.client.proxy.UdpDatagram;
import org.jspecify.annotations.Nullable;

/** Datagrams of one client (RFC 1928 §7): to whom it writes, and back from those that it wrote to. What does not fit is lost. */
final class UdpAssociation {
    /** Hosts that may answer; the one that was written to longest ago goes first. */
    private static final int MOST_PEERS = 256;

    private static final int MOST_LOOKUPS = 16;

    private final Outward outward;
    private final Channel control;
    private final InetAddress client;
    private int port;
    private int lookups;
    private @Nullable Channel inside;
    private @Nullable Channel outside;

    /** To whom datagrams were sent, the latest last. */
    private final Set<InetAddress> peers = new LinkedHashSet<>();

    UdpAssociation(Outward outward, Channel control, InetAddress client, int port) {
        this.outward = outward;
        this.control = control;
        this.client = client;
        this.port = port;
    }

    /** Of the socket in the tunnel. */
    ChannelHandler inside() {
        return new Side() {
            @Override
            void opened(Channel channel) {
                inside = channel;
            }

            @Override
            void received(DatagramPacket packet) {
                fromInside(packet);
            }
        };
    }

    /** Of the client's. */
    ChannelHandler outside() {
        return new Side() {
            @Override
            void opened(Channel channel) {
                outside = channel;
            }

            @Override
            void received(DatagramPacket packet) {
                fromClient(packet);
            }
        };
    }

    private void fromClient(DatagramPacket packet) {
        InetSocketAddress from = packet.sender();
        if (!from.getAddress().equals(client) || (port != 0 && from.getPort() != port)) {
            return;
        }
        Optional<Target> target = UdpDatagram.read(packet.content());
        if (target.isEmpty() || lookups == MOST_LOOKUPS) {
            return;
        }
        port = from.getPort();
        lookups++;
        ByteBuf content = packet.content().retain();
        outward.resolve(
                target.get().host(),
                control.eventLoop(),
                Outward.answer(
                        address -> {
                            lookups--;
                            remember(address);
                            send(
                                    inside,
                                    content,
                                    new InetSocketAddress(address, target.get().port()));
                        },
                        why -> {
                            lookups--;
                            content.release();
                        }));
    }

    private void remember(InetAddress peer) {
        peers.remove(peer);
        peers.add(peer);
        if (peers.size() > MOST_PEERS) {
            peers.remove(peers.iterator().next());
        }
    }

    private void fromInside(DatagramPacket packet) {
        InetSocketAddress from = packet.sender();
        if (port == 0 || !(from.getAddress() instanceof Inet4Address address) || !peers.contains(address)) {
            return;
        }
        ByteBuf content = packet.content();
        ByteBuf whole = content.alloc().buffer(UdpDatagram.HEADER_OCTETS + content.readableBytes());
        UdpDatagram.writeHeader(whole, address, from.getPort());
        whole.writeBytes(content);
        send(outside, whole, new InetSocketAddress(client, port));
    }

    private static void send(@Nullable Channel by, ByteBuf content, InetSocketAddress to) {
        if (by == null || !by.isWritable()) {
            content.release();
        } else {
            ChannelFuture unused = by.writeAndFlush(new DatagramPacket(content, to));
        }
    }

    /** One of the two sockets. */
    private abstract class Side extends ChannelInboundHandlerAdapter {
        abstract void opened(Channel channel);

        abstract void received(DatagramPacket packet);

        @Override
        public void channelActive(ChannelHandlerContext context) {
            opened(context.channel());
            control.closeFuture().addListener(closed -> {
                ChannelFuture unused = context.close();
            });
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof DatagramPacket packet) {
                    received(packet);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        /** Such as what ICMP brought, which is about one datagram. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A datagram may be lost.
        }
    }
}
