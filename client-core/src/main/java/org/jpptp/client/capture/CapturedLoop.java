package org.jpptp.client.capture;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.client.Offload;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.RawSocketException;
import org.jspecify.annotations.Nullable;

/** A loop whose connections, raw sockets and interfaces are captured. */
final class CapturedLoop implements TunnelLoop {
    private final TunnelLoop loop;
    private final Tap tap;

    CapturedLoop(TunnelLoop loop, Tap tap) {
        this.loop = loop;
        this.tap = tap;
    }

    /** What is captured. */
    TunnelLoop loop() {
        return loop;
    }

    @Override
    public long now() {
        return loop.now();
    }

    @Override
    public long sleeplessNow() {
        return loop.sleeplessNow();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        return loop.schedule(task, delayNanos);
    }

    @Override
    public TunDevice openTun(@Nullable String name, Offload most) throws HostChangeException {
        return new CapturedTun(loop.openTun(name, most), tap);
    }

    @Override
    public boolean isFree(Inet4Address peer, int callId) {
        return loop.isFree(peer, callId);
    }

    @Override
    public GreSocket greSocket(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException {
        int server = Tap.number(peer);
        return new CapturedGre(loop.greSocket(peer, callId, CapturedGre.listening(listener, tap, server)), tap, server);
    }

    @Override
    public GreArrivals arrivals(Inet4Address peer, int callId) {
        return loop.arrivals(peer, callId);
    }

    @Override
    public Runnable watchWays(Consumer<Surroundings> changed) {
        return loop.watchWays(changed);
    }

    @Override
    public Runnable connect(
            InetSocketAddress server,
            Duration timeout,
            Function<ControlTransport, ControlTransport.Listener> opened,
            Consumer<ConnectFailure> failed) {
        CapturedTcp tcp = new CapturedTcp(tap, server);
        return loop.connect(server, timeout, transport -> tcp.listening(opened.apply(tcp.opened(transport))), why -> {
            tcp.failed(why);
            failed.accept(why);
        });
    }
}
