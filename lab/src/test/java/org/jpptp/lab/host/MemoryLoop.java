package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Offload;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ConnectFailure.Kind;
import org.jpptp.control.ControlTransport;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.RawSocketException;
import org.jpptp.gre.wire.GreHeader;
import org.jspecify.annotations.Nullable;

/** The event loop of a {@link MemoryHost}: its events are those of the simulated network. */
final class MemoryLoop implements TunnelLoop {
    private final MemoryHost host;
    private final Map<Integer, MemoryGre> calls = new HashMap<>();
    private final Map<Inet4Address, Integer> arrived = new LinkedHashMap<>();
    private final List<Consumer<Surroundings>> watchers = new ArrayList<>();
    private boolean looking;
    private @Nullable MemoryTun tun;
    private @Nullable MemoryConnection connection;

    MemoryLoop(MemoryHost host) {
        this.host = host;
    }

    MemoryTun tun() {
        return Objects.requireNonNull(tun, "no interface");
    }

    MemoryGre gre() {
        return calls.values().iterator().next();
    }

    void resetTcp() {
        Objects.requireNonNull(connection, "no connection").reset();
    }

    void greReceived(Inet4Address from, ByteBuf packet) {
        int callId = GreHeader.callId(packet);
        MemoryGre call = calls.get(callId);
        if (call != null && call.peer().equals(from)) {
            call.listener().received(packet, callId);
            call.listener().batchEnd(1);
        }
    }

    /** Something came for the call, and not to its socket. */
    void arrived(Inet4Address from) {
        if (looking) {
            arrived.merge(from, 1, Integer::sum);
        }
    }

    @Override
    public GreArrivals arrivals(Inet4Address peer, int callId) {
        looking = true;
        host.add("packet socket");
        return new GreArrivals() {
            @Override
            public Map<Inet4Address, Integer> bySource() {
                return new LinkedHashMap<>(arrived);
            }

            @Override
            public void close() {
                looking = false;
                host.remove("packet socket");
            }
        };
    }

    void closed(MemoryGre call) {
        calls.remove(call.callId());
    }

    @Override
    public long now() {
        return host.network().now();
    }

    @Override
    public long sleeplessNow() {
        return now() + host.slept().toNanos();
    }

    @Override
    public void execute(Runnable task) {
        host.network().at(now(), task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        CompletableFuture<Void> scheduled = new CompletableFuture<>();
        host.network().at(now() + delayNanos, () -> {
            if (scheduled.complete(null)) {
                task.run();
            }
        });
        return scheduled;
    }

    @Override
    public TunDevice openTun(@Nullable String name, Offload most) throws HostChangeException {
        if (host.isRefused(Step.OPEN_TUN)) {
            throw new HostChangeException(Failure.of(
                    FailureReason.NO_TUN,
                    "The TUN interface pptp0 cannot be made: EBUSY (Device or resource busy).",
                    "Another program is using pptp0: end it, or choose another name."));
        }
        MemoryTun made = new MemoryTun(host, name == null ? "pptp0" : name);
        tun = made;
        return made;
    }

    @Override
    public boolean isFree(Inet4Address peer, int callId) {
        return !calls.containsKey(callId);
    }

    @Override
    public GreSocket greSocket(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException {
        if (host.isRefused(Step.OPEN_GRE)) {
            throw new RawSocketException("socket()", Errno.EPERM.code());
        }
        MemoryGre call = new MemoryGre(host, this, peer, callId, listener);
        calls.put(callId, call);
        return call;
    }

    @Override
    public Runnable watchWays(Consumer<Surroundings> changed) {
        Consumer<Surroundings> each = surroundings -> changed.accept(surroundings);
        watchers.add(each);
        return () -> watchers.remove(each);
    }

    void waysChanged(Surroundings now) {
        List.copyOf(watchers).forEach(each -> each.accept(now));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits: a defect ends the task that completes the future.
    public Runnable connect(
            InetSocketAddress server,
            Duration timeout,
            Function<ControlTransport, ControlTransport.Listener> opened,
            Consumer<ConnectFailure> failed) {
        boolean refused = host.isRefused(Step.CONNECT);
        FarEnd far = host.server();
        String socket = "tcp to " + server.getAddress().getHostAddress() + ":" + server.getPort();
        host.add(socket);
        CompletableFuture<@Nullable Kind> outcome = new CompletableFuture<>();
        outcome.thenAccept(kind -> {
            if (kind != null) {
                host.remove(socket);
                failed.accept(new ConnectFailure(kind, new IOException("connect(..) failed")));
            } else if (far != null) {
                MemoryConnection made = new MemoryConnection(host, socket);
                connection = made;
                made.open(opened, far);
            }
        });
        if (refused || far == null || host.tcp() == MemoryHost.Tcp.UNREACHABLE) {
            execute(() -> outcome.complete(Kind.UNREACHABLE));
        } else if (host.isSilent(server.getAddress())) {
            schedule(() -> outcome.complete(Kind.TIMED_OUT), timeout.toNanos());
        } else {
            Kind answer = host.tcp() == MemoryHost.Tcp.REFUSED ? Kind.REFUSED : null;
            host.network().stream(() -> outcome.complete(answer));
        }
        return () -> outcome.complete(Kind.OTHER);
    }
}
