package org.jpptp.client.host;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jpptp.client.Offload;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlTransport;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.RawSocketException;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and what it serves: the clock, TCP, raw sockets and tunnel interfaces. Whatever they have to tell is told on
 * the loop, one thing at a time. {@link #execute} and {@link #openTun} are for any thread, the rest is used on the loop.
 */
public interface TunnelLoop extends Executor {
    /** The time, with an arbitrary origin; from any thread. */
    long now();

    /** The time by a clock that goes on while the machine sleeps, with another arbitrary origin. */
    default long sleeplessNow() {
        return now();
    }

    /** Runs a task later, unless it is cancelled before. */
    Future<?> schedule(Runnable task, long delayNanos);

    /**
     * Makes a tunnel interface in the network namespace of the calling thread. It is down and has no address.
     *
     * @param name null for the first free of pptp0, pptp1, …
     * @param most of the kernel's work that it takes over
     * @throws HostChangeException when there is no such device, the name is not free, or a privilege is missing
     */
    TunDevice openTun(@Nullable String name, Offload most) throws HostChangeException;

    /** Whether no call with the peer has this id of ours. */
    boolean isFree(Inet4Address peer, int callId);

    /**
     * Opens a raw socket for one call.
     *
     * @param callId ours, which the peer's packets carry; {@link #isFree}
     * @throws RawSocketException with the step and the errno
     */
    GreSocket greSocket(Inet4Address peer, int callId, GreSocket.Listener listener) throws RawSocketException;

    /**
     * Begins to look at what comes for an open call, whoever sent it and whether its socket gets it or not. Where that cannot
     * be seen, nothing is.
     */
    GreArrivals arrivals(Inet4Address peer, int callId);

    /**
     * Tells of changes of the host's addresses, routes, rules and packet filters until it is ended, a moment later, since several come at once. Where the
     * host does not tell of them, nothing is told.
     *
     * @param changed is given what the host has then, all interfaces included; on the loop
     * @return ends it
     */
    Runnable watchWays(Consumer<Surroundings> changed);

    /**
     * Connects to a server by TCP. One of {@code opened} and {@code failed} is called, once, on the loop.
     *
     * @param timeout how long that may take
     * @param opened is given the open transport and returns who listens to it
     * @return gives up, which may be told as a failure
     */
    Runnable connect(
            InetSocketAddress server,
            Duration timeout,
            Function<ControlTransport, ControlTransport.Listener> opened,
            Consumer<ConnectFailure> failed);
}
