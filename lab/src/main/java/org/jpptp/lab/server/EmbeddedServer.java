package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.client.Cidr;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.netty.TcpTransport;
import org.jspecify.annotations.Nullable;

/**
 * The edge of the embedded server: a TCP listener, and for each client a raw socket and a way to the server's network,
 * all on one event loop. It works in the network namespace of the thread that starts it.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final long END_SECONDS = 2;

    private final ServerConfig config;
    private final Consumer<String> trace;
    private final LinuxLoop thread;
    private final EventLoop loop;
    private final Queue<Inet4Address> free;
    private final Set<ClientDriver> clients = new HashSet<>();
    private final InnerNetwork inner;
    private @Nullable Channel listening;

    private EmbeddedServer(ServerConfig config, LinuxLoop thread, InnerNetwork inner, Consumer<String> trace) {
        this.config = config;
        this.trace = trace;
        this.thread = thread;
        this.loop = thread.eventLoop();
        this.inner = inner;
        this.free = new ArrayDeque<>(config.network().pool());
    }

    /**
     * Starts a server with an interface for each client, as most have.
     *
     * @param address where it listens; port 0 for any
     * @param trace hears of packets, decisions and ends, one line each
     * @throws IOException when it cannot listen there
     */
    public static EmbeddedServer start(ServerConfig config, InetSocketAddress address, Consumer<String> trace)
            throws IOException {
        return start(config, null, address, trace);
    }

    /**
     * Starts a server.
     *
     * @param network where all addresses of the pool are: one interface with a route to it serves all clients, and costs
     *     none of them a moment; null for an interface each
     * @param address where it listens; port 0 for any
     * @param trace hears of packets, decisions and ends, one line each
     * @throws IOException when it cannot listen there, or the interface cannot be made
     */
    public static EmbeddedServer start(
            ServerConfig config, @Nullable Cidr network, InetSocketAddress address, Consumer<String> trace)
            throws IOException {
        LinuxLoop thread = new LinuxLoop();
        EmbeddedServer server;
        try {
            InnerNetwork inner = network == null
                    ? new InterfacePerClient(
                            thread, config.network().local(), config.network().offload(), trace)
                    : SharedInterface.open(
                            thread,
                            config.network().local(),
                            network.prefix(),
                            config.network().offload(),
                            trace);
            server = new EmbeddedServer(config, thread, inner, trace);
        } catch (HostChangeException e) {
            thread.close();
            throw new IOException(e.getMessage(), e);
        }
        try {
            server.listening = TcpTransport.bind(server.loop, address, server::accept);
        } catch (Exception e) { // Netty throws what the system said, undeclared
            server.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        return server;
    }

    /** Where it listens. */
    public int port() {
        return listening == null ? 0 : ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Ends the links of all clients as an administrator would. From any thread. */
    public void terminateLinks(String reason) {
        loop.execute(() -> Set.copyOf(clients).forEach(client -> client.terminateLink(reason)));
    }

    /** Ends the calls of all clients. From any thread. */
    public void disconnectCalls() {
        loop.execute(() -> Set.copyOf(clients).forEach(ClientDriver::disconnectCall));
    }

    /** Ends everything at once, as a crash would: nobody is told. Idempotent. */
    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        loop.submit(() -> {
                    if (listening != null) {
                        ChannelFuture unused = listening.close();
                    }
                    Set.copyOf(clients).forEach(ClientDriver::abandon);
                    inner.close();
                })
                .awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
        thread.close();
    }

    private ControlTransport.Listener accept(TcpTransport transport) {
        Inet4Address address = free.poll();
        if (address == null) {
            trace.accept("no inner address is left for " + transport.remoteAddress());
            transport.close();
            return Refused.INSTANCE;
        }
        ClientDriver client = new ClientDriver(thread, config, transport, address, trace, this::gone);
        clients.add(client);
        client.start(inner);
        return client;
    }

    private void gone(ClientDriver client) {
        if (clients.remove(client)) {
            free.add(client.assigned());
        }
    }

    private enum Refused implements ControlTransport.Listener {
        INSTANCE;

        @Override
        public void received(ByteBuf octets) {}

        @Override
        public void closed(@Nullable Throwable cause) {}
    }
}
