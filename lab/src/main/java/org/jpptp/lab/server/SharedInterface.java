package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jpptp.client.Offload;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.gre.GreSocket;

/**
 * One interface for all clients, which tells them apart by their inner IPv4 addresses: a thousand clients cost no more to
 * let in than one. What the host sends is copied once, because whose it is shows only when it has been read.
 */
final class SharedInterface implements InnerNetwork {
    private static final int ROOM = 2048;
    /** Datagrams that the host keeps for all clients together: some for each of a thousand. */
    private static final int QUEUE = 10_000;

    private static final int DESTINATION_AT = 16;
    private static final int IPV4_HEADER_OCTETS = 20;

    private final ServerTun tun;
    private final TunDevice device;
    private final IntObjectMap<Port> ports = new IntObjectHashMap<>();
    /** Who got something in this batch. */
    private final List<Port> reached = new ArrayList<>();
    /** Whose way to the client is full; as long as there is one, the host keeps what it has. */
    private final Set<Port> congested = new HashSet<>();

    private boolean started;

    private SharedInterface(ServerTun tun) {
        this.tun = tun;
        this.device = tun.device();
    }

    /**
     * Makes the interface in the network namespace of the calling thread.
     *
     * @param prefix length of the network that the server's address and all clients' are in
     */
    static SharedInterface open(
            TunnelLoop loop, Inet4Address local, int prefix, Offload offload, Consumer<String> trace)
            throws HostChangeException {
        ServerTun tun = ServerTun.open(loop, List.of(local.getHostAddress() + "/" + prefix), offload, trace);
        try {
            tun.queue(QUEUE);
        } catch (HostChangeException e) {
            tun.device().close();
            throw e;
        }
        return new SharedInterface(tun);
    }

    @Override
    public ClientPort attach(Inet4Address assigned, TunDevice.Listener listener) {
        if (!started) {
            started = true;
            device.start(new FromHost());
        }
        Port port = new Port(ByteBuffer.wrap(assigned.getAddress()).getInt(), listener);
        ports.put(port.address, port);
        return port;
    }

    @Override
    public void close() {
        device.close();
    }

    private final class FromHost implements TunDevice.Listener {
        private final ByteBuf buffer =
                Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(GreSocket.SLOT_HEADROOM + ROOM));

        @Override
        public ByteBuf buffer() {
            return buffer.setIndex(GreSocket.SLOT_HEADROOM, GreSocket.SLOT_HEADROOM);
        }

        @Override
        public void received(ByteBuf datagram) {
            int at = datagram.readerIndex();
            boolean ipv4 = datagram.readableBytes() >= IPV4_HEADER_OCTETS && datagram.getByte(at) >> 4 == 4;
            Port port = ipv4 ? ports.get(datagram.getInt(at + DESTINATION_AT)) : null;
            if (port != null) {
                if (!port.reached) {
                    port.reached = true;
                    reached.add(port);
                }
                port.listener.received(datagram);
            }
        }

        @Override
        public void batchEnd() {
            for (int i = 0; i < reached.size(); i++) {
                Port port = reached.get(i);
                port.reached = false;
                port.listener.batchEnd();
            }
            reached.clear();
        }

        @Override
        public void failed(int errno) {
            List.copyOf(ports.values()).forEach(port -> port.listener.failed(errno));
        }
    }

    private final class Port extends TunPort {
        private final int address;
        private final TunDevice.Listener listener;
        private boolean reached;

        Port(int address, TunDevice.Listener listener) {
            super(tun);
            this.address = address;
            this.listener = listener;
        }

        @Override
        public void pause() {
            if (congested.add(this) && congested.size() == 1) {
                device.pause();
            }
        }

        @Override
        public void resume() {
            if (congested.remove(this) && congested.isEmpty()) {
                device.resume();
            }
        }

        @Override
        public void close() {
            ports.remove(address, this);
            resume();
        }
    }
}
