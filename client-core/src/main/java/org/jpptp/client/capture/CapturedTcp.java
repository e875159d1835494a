package org.jpptp.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jpptp.client.explain.capture.PcapngWriter.Direction;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.UnreadException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that is captured. Only its streams are seen: handshake, segments and numbers are made up around them, as they
 * would look had nothing been lost.
 */
final class CapturedTcp {
    /** More than a segment of Ethernet has. */
    private static final int MOST = 1460;
    /** Ports of those that never connected. */
    private static final int UNKNOWN_PORT = 49152;

    private static final int FIRST_SENT = 1000;
    private static final int FIRST_RECEIVED = 5000;
    private static final byte[] NOTHING = {};

    private final Tap tap;
    private final int server;
    private final int serverPort;
    private final long asked;
    private int own;
    private int ownPort = UNKNOWN_PORT;
    private int sent = FIRST_SENT;
    private int received = FIRST_RECEIVED;
    private boolean over;

    /** Somebody begins to connect. */
    CapturedTcp(Tap tap, InetSocketAddress to) {
        this.tap = tap;
        this.server = Tap.number((Inet4Address) to.getAddress());
        this.serverPort = to.getPort();
        this.asked = tap.now();
        this.own = tap.own(server);
    }

    /** It did not come up. */
    void failed(ConnectFailure why) {
        sent(asked, IpPackets.SYN, NOTHING, 0, 0);
        if (why.kind() == ConnectFailure.Kind.REFUSED) {
            received(tap.now(), IpPackets.RST | IpPackets.ACK, NOTHING, 0, 0);
        }
    }

    /** It is open. */
    ControlTransport opened(ControlTransport transport) {
        InetSocketAddress local = transport.localAddress();
        if (local != null && local.getAddress() instanceof Inet4Address address) {
            own = Tap.number(address);
            ownPort = local.getPort();
            tap.seen(own, server);
        }
        long now = tap.now();
        sent(now - transport.establishing().toNanos(), IpPackets.SYN, NOTHING, 0, 0);
        received(now, IpPackets.SYN | IpPackets.ACK, NOTHING, 0, 0);
        sent(now, IpPackets.ACK, NOTHING, 0, 0);
        return new Transport(transport);
    }

    ControlTransport.Listener listening(ControlTransport.Listener listener) {
        return new Listening(listener);
    }

    private void sent(long nanos, int flags, byte[] data, int from, int length) {
        int acknowledged = (flags & IpPackets.ACK) == 0 ? 0 : received;
        tap.segment(
                Direction.SENT,
                nanos,
                new IpPackets.Segment(own, ownPort, server, serverPort, sent, acknowledged, flags),
                data,
                from,
                length);
        sent += length + consumed(flags);
    }

    private void received(long nanos, int flags, byte[] data, int from, int length) {
        tap.segment(
                Direction.RECEIVED,
                nanos,
                new IpPackets.Segment(server, serverPort, own, ownPort, received, sent, flags),
                data,
                from,
                length);
        received += length + consumed(flags);
    }

    private static int consumed(int flags) {
        return (flags & (IpPackets.SYN | IpPackets.FIN)) == 0 ? 0 : 1;
    }

    private final class Transport implements ControlTransport {
        private final ControlTransport transport;

        Transport(ControlTransport transport) {
            this.transport = transport;
        }

        @Override
        public Duration establishing() {
            return transport.establishing();
        }

        @Override
        public @Nullable InetSocketAddress localAddress() {
            return transport.localAddress();
        }

        @Override
        public void send(ByteBuf octets) {
            if (!over) {
                byte[] data = ByteBufUtil.getBytes(octets);
                for (int at = 0; at < data.length; at += MOST) {
                    sent(tap.now(), IpPackets.PSH | IpPackets.ACK, data, at, Math.min(MOST, data.length - at));
                }
            }
            transport.send(octets);
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                sent(tap.now(), IpPackets.FIN | IpPackets.ACK, NOTHING, 0, 0);
            }
            transport.close();
        }
    }

    private final class Listening implements ControlTransport.Listener {
        private final ControlTransport.Listener listener;

        Listening(ControlTransport.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void received(ByteBuf octets) {
            byte[] data = ByteBufUtil.getBytes(octets);
            for (int at = 0; at < data.length; at += MOST) {
                CapturedTcp.this.received(
                        tap.now(), IpPackets.PSH | IpPackets.ACK, data, at, Math.min(MOST, data.length - at));
            }
            tap.deciding(() -> listener.received(octets));
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            if (!over) {
                over = true;
                if (cause == null) {
                    CapturedTcp.this.received(tap.now(), IpPackets.FIN | IpPackets.ACK, NOTHING, 0, 0);
                } else if (cause instanceof UnreadException) {
                    sent(tap.now(), IpPackets.RST | IpPackets.ACK, NOTHING, 0, 0);
                } else {
                    CapturedTcp.this.received(tap.now(), IpPackets.RST | IpPackets.ACK, NOTHING, 0, 0);
                }
            }
            tap.deciding(() -> listener.closed(cause));
        }
    }
}
