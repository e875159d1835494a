package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Function;
import org.jpptp.control.ControlTransport;
import org.jpptp.lab.simulation.SimulatedNetwork;
import org.jspecify.annotations.Nullable;

/** A TCP connection between a {@link MemoryHost} and its far end. */
final class MemoryConnection {
    private static final InetSocketAddress NEAR = new InetSocketAddress("192.0.2.2", 49152);
    private static final InetSocketAddress FAR = new InetSocketAddress(MemoryServer.ADDRESS, 1723);

    private final MemoryHost host;
    private final SimulatedNetwork network;
    private final String socket;
    private final End near = new End();
    private final End far = new End();

    MemoryConnection(MemoryHost host, String socket) {
        this.host = host;
        this.network = host.network();
        this.socket = socket;
    }

    void open(Function<ControlTransport, ControlTransport.Listener> opened, FarEnd server) {
        far.listener = server.connected(far);
        near.listener = opened.apply(near);
    }

    void reset() {
        near.gone(new IOException("Connection reset by peer"));
        far.gone(new IOException("Connection reset by peer"));
    }

    private final class End implements ControlTransport {
        private ControlTransport.@Nullable Listener listener;
        private boolean gone;

        @Override
        public InetSocketAddress localAddress() {
            return this == near ? NEAR : FAR;
        }

        private End other() {
            return this == near ? far : near;
        }

        @Override
        public void send(ByteBuf octets) {
            ByteBuf copy = Unpooled.copiedBuffer(octets);
            if (!gone) {
                network.stream(() -> other().arrived(copy));
            }
        }

        /** A listener that throws loses its connection, as on a channel. */
        private void arrived(ByteBuf octets) {
            if (!gone && host.tcp() != MemoryHost.Tcp.SILENT) {
                try {
                    Objects.requireNonNull(listener).received(octets);
                } catch (IllegalStateException e) {
                    gone(e);
                    other().gone(null);
                }
            }
        }

        /** As a channel does, it tells who has closed it too, and later. */
        @Override
        public void close() {
            network.at(network.now(), () -> gone(null));
            network.stream(() -> {
                if (host.tcp() != MemoryHost.Tcp.SILENT) {
                    other().gone(null);
                }
            });
        }

        private void gone(@Nullable Throwable cause) {
            if (!gone) {
                gone = true;
                if (this == near) {
                    host.remove(socket);
                }
                Objects.requireNonNull(listener).closed(cause);
            }
        }
    }
}
