package org.jpptp.lab.tunnels;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.tunnel.PptpClient;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;

/** Tunnels in this process on one event loop. To be made, and to be grown, by threads in the clients' namespace. */
final class TunnelFleet implements AutoCloseable {
    /** How many come up, or end, at the same time: enough to keep two cores busy. */
    private static final int AT_ONCE = 8;

    private static final long END_SECONDS = 60;

    private final Offload offload;
    private final LinuxLoop loop = new LinuxLoop();
    private final Host host = LinuxHost.with(loop);
    private final List<Tunnel> tunnels = new ArrayList<>();
    private final Semaphore busy = new Semaphore(AT_ONCE);
    /** All are started here, in the namespace of their maker. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory("host", true));

    TunnelFleet() {
        this(Offload.USO);
    }

    /**
     * @param offload the most of it that their interfaces have
     */
    TunnelFleet(Offload offload) {
        this.offload = offload;
        threads.prestartAllCoreThreads();
    }

    /**
     * Makes more tunnels, until there are so many, and waits until all are up.
     *
     * @throws AssertionError when one ends instead
     */
    void grow(int size) throws InterruptedException {
        List<Tunnel> begun = new ArrayList<>();
        while (tunnels.size() < size) {
            busy.acquire();
            Tunnel tunnel = new Tunnel(tunnels.size());
            tunnels.add(tunnel);
            begun.add(tunnel);
            tunnel.start();
        }
        for (Tunnel tunnel : begun) {
            tunnel.awaitUp();
        }
    }

    /** Ends one, and tells how. */
    TunnelEvent.Ended end(int tunnel) {
        tunnels.get(tunnel).client.disconnect();
        return tunnels.get(tunnel).awaitEnd();
    }

    boolean isUp(int tunnel) {
        return !tunnels.get(tunnel).ended.isDone();
    }

    @Override
    public void close() {
        for (Tunnel tunnel : tunnels) {
            busy.acquireUninterruptibly();
            tunnel.client.disconnect();
            CompletableFuture<Void> unused = tunnel.ended.thenRun(busy::release);
        }
        tunnels.forEach(Tunnel::awaitEnd);
        threads.shutdown();
        loop.close();
    }

    private final class Tunnel implements TunnelListener {
        private final int number;
        private final PptpClient client;
        private final CompletableFuture<Boolean> up = new CompletableFuture<>();
        private CompletableFuture<TunnelEvent.Ended> ended = new CompletableFuture<>();

        Tunnel(int number) {
            this.number = number;
            this.client = new PptpClient(host, config(number), this);
            CompletableFuture<Void> unused = up.thenRun(busy::release);
        }

        void start() {
            ended = client.start(threads);
        }

        @Override
        public void event(TunnelEvent event) {
            if (event instanceof TunnelEvent.TunnelUp) {
                up.complete(true);
            } else if (event instanceof TunnelEvent.Ended end) {
                up.complete(false);
                if (end.failure() != null) {
                    System.err.println("tunnel " + number + ": " + end.failure().sentence());
                }
            }
        }

        void awaitUp() {
            if (!await(up)) {
                throw new AssertionError("tunnel " + number + " did not come up: " + awaitEnd());
            }
        }

        TunnelEvent.Ended awaitEnd() {
            return await(ended);
        }
    }

    private static <T> T await(CompletableFuture<T> what) {
        try {
            return what.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private ClientConfig config(int number) {
        return ClientConfig.to(
                        TunnelSite.listen().getHostString(),
                        new Credentials(TunnelSite.USER, TunnelSite.PASSWORD.toCharArray()))
                .with(new PolicySettings(Set.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS))
                .with(NetworkSettings.DEFAULT
                        .withRoutes(List.of(Cidr.host(TunnelSite.far(number))))
                        .with(offload));
    }
}
