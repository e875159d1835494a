package org.jpptp.cli.service;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.capture.Capture;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jspecify.annotations.Nullable;

/** Makes tunnels: the seam between the command and the client. */
@FunctionalInterface
public interface TunnelRunner {
    /** Whether the libraries below may log. */
    enum Logs {
        SHOWN,
        /** What matters to users reaches them as a failure; this would be stack traces. */
        HIDDEN
    }

    /** Looks whether this machine gives what such a tunnel needs, before a password is asked for. Empty where it does. */
    default Optional<Failure> preflight(NetworkSettings wanted, Logs logs) {
        return Optional.empty();
    }

    /** Why a program of the user's would not be run at a moment. Empty where it would, or nobody looks. */
    default Optional<Failure> hookObstacle(Moment moment, Path program) {
        return Optional.empty();
    }

    /** The directory of the control sockets; it need not exist. Empty where there are none. */
    default Optional<Path> sockets() {
        return Optional.empty();
    }

    /** The directories of other users' sockets that this one may use; they need not exist. */
    default List<Path> otherSockets() {
        return List.of();
    }

    /** What keeps this machine closed without a tunnel; empty where nothing can. */
    default Optional<Lockdown> lockdown(HostLog log) {
        return Optional.empty();
    }

    /** What is to be seen of this machine; no library is loaded for it. Empty where nobody looks. */
    default Optional<MachineFacts> machine() {
        return Optional.empty();
    }

    /**
     * Becomes another program, in the network that a tunnel has to itself; returns only where that cannot be.
     *
     * @param pid the process whose network that is
     * @param resolvers whom the program asks for names
     * @param command its name or path, and its arguments
     * @return why not
     */
    default Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        throw new UnsupportedOperationException("it makes tunnels only");
    }

    /** Takes back what dead tunnels have left on this machine. */
    default void recover(HostLog log) {}

    /**
     * Becomes a shell that runs this program once more and waits for it; returns only where that cannot be.
     *
     * @param command the first is a path
     * @return why not
     */
    default Failure become(List<String> command) {
        throw new UnsupportedOperationException("it makes tunnels only");
    }

    /**
     * Lets go of the terminal and of whoever started this process, for good.
     *
     * @param log an open file's name, where both outputs lead from then on
     * @param waiter the process that is told that it need not wait any more
     */
    default void detach(Path log, long waiter) {}

    /** Whether what is written to an open file of this process can still reach anybody; true where nobody knows. */
    default boolean isRead(int descriptor) {
        return true;
    }

    /**
     * Prepares a tunnel; nothing is contacted before {@link Tunnel#run}.
     *
     * @param secrets who is asked when the server does not take the password, null for nobody
     */
    Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets);

    /**
     * Prepares a look at a server, which is run and ended as a tunnel is; nothing is contacted before {@link Tunnel#run}.
     *
     * @param client whom to look at, and with which methods to log on
     * @param told is given what was found, before the run returns; not where this machine does not let it begin
     */
    default Tunnel probe(ClientConfig client, Probe.LogOn logOn, Consumer<ProbeReport> told) {
        throw new UnsupportedOperationException("it makes tunnels only");
    }

    /** One that does the same, with what passes captured. */
    default TunnelRunner capturing(Capture capture) {
        return this;
    }

    /** One tunnel, used once. */
    interface Tunnel {
        /**
         * Blocks until the tunnel has ended and the host is as it was.
         *
         * @return the last event, which the listener has been told, too
         */
        TunnelEvent.Ended run();

        /** Ends the tunnel in an orderly way; from any thread, as often as one likes. */
        void disconnect();

        /**
         * Whether its connections are over, and what it has changed on this machine is being undone, with what the user wants run
         * before; from any thread. That takes bounded time.
         */
        default boolean isTakingBack() {
            return false;
        }

        /**
         * Makes another connection in the place of the one that there is; from any thread, as often as one likes. A tunnel that
         * is made once only ends.
         */
        default void reconnect() {
            disconnect();
        }

        /** Lets the listener be told how the tunnel is doing; from any thread, as often as one likes. */
        void tellStatistics();

        /** How it is doing at this moment; from any thread. Fails where the tunnel tells nothing of itself. */
        default CompletableFuture<TunnelStatus> status() {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("it tells nothing of itself"));
        }
    }
}
