package org.jpptp.client.host;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.Surroundings;
import org.jspecify.annotations.Nullable;

/** The machine that tunnels run on. A port to another system is another one of these. */
public interface Host {
    /** What the process may not do although a tunnel needs it; empty where nothing is missing. */
    Optional<Failure> missingPrivileges();

    /**
     * What would keep such a tunnel from coming up, as far as this machine is concerned; empty for nothing. Changes nothing,
     * and needs no native library.
     */
    default Optional<Failure> obstacle(NetworkSettings wanted) {
        return missingPrivileges();
    }

    /** Why a program of the user's would not be run at a moment; empty where it would, as far as can be seen. */
    default Optional<Failure> hookObstacle(Moment moment, Path program) {
        return Optional.empty();
    }

    /**
     * Loads what the first tunnel needs, which takes longer than a server to answer, and keeps what the process will know to
     * itself: it leaves no core dump. From then on the signals that a terminal or a shell gives for ending a program end
     * this one in order, those too that Java leaves alone (SIGQUIT as SIGALRM, three seconds later).
     *
     * @param secret an environment variable that is blotted out where others could read it; this process has read it already
     */
    default void prepareProcess(String secret) {}

    /** Where the running tunnels of this user keep files, which a boot removes; need not exist. */
    Path runtimeDirectory();

    /** Where tunnels of others keep theirs that this user may see too; need not exist. */
    default List<Path> otherRuntimeDirectories() {
        return List.of();
    }

    /**
     * Lets go of the terminal, of the directory and of whoever started this process, so that it lives on without them.
     *
     * @param log a file that exists, where both outputs lead from then on
     * @param waiter the process that is told by SIGUSR2 that it need not wait any more
     */
    default void detachProcess(Path log, long waiter) {}

    /**
     * Becomes a shell that runs this program once more and waits for it; returns only where that cannot be.
     *
     * @param command the first is a path
     * @return why not
     */
    Failure become(List<String> command);

    /** Whether what is written to an open file of this process can still reach anybody; true where nobody knows. */
    default boolean isRead(int descriptor) {
        return true;
    }

    /**
     * Takes back what tunnels left that are dead. May block, like {@link #network}.
     *
     * @param log is told of what could not be taken back, too
     */
    void recover(HostLog log);

    /**
     * A loop that serves a tunnel until {@link #release}; many tunnels may get the same.
     *
     * @throws HostChangeException when the host has no room for one
     */
    TunnelLoop loop() throws HostChangeException;

    /**
     * The tunnel is over: what is queued on the loop is carried out, and the loop ends unless others use it. Blocks in bounded
     * time, so it is not for the loop itself.
     */
    void release(TunnelLoop loop);

    /**
     * The addresses and routes of one tunnel; nothing is changed yet.
     *
     * @param name of the tunnel interface
     * @param whenGone what becomes of what is sent into the tunnel without its interface
     * @param log is told of what could not be taken back in the end, too
     */
    HostNetwork network(String name, HostNetwork.WithoutInterface whenGone, HostLog log);

    /**
     * The same for a tunnel in a network of its own, which only a proxy of this host's leads into; nothing else of the host is
     * changed.
     *
     * @param loop the tunnel's
     * @param name of the tunnel interface
     * @param log is told who may use the proxy, and what it says
     * @throws HostChangeException where it cannot listen, or the host has no such networks
     */
    HostNetwork proxied(TunnelLoop loop, ProxySettings proxy, String name, HostLog log) throws HostChangeException;

    /**
     * Becomes another program, in the network that a tunnel has to itself; returns only where that cannot be.
     *
     * @param pid the process whose network that is
     * @param resolvers whom the program asks for names
     * @param command its name or path, and its arguments
     * @return why not
     */
    Failure enter(long pid, List<Inet4Address> resolvers, List<String> command);

    /** What keeps this machine closed without a tunnel; empty where nothing can. */
    default Optional<Lockdown> lockdown(HostLog log) {
        return Optional.empty();
    }

    /** Whether it does; completed on any thread, since looking takes a moment. */
    default CompletableFuture<Lockdown.State> lockdownState() {
        return CompletableFuture.completedFuture(Lockdown.State.OFF);
    }

    /**
     * What has addresses and routes beside a tunnel interface, seen from the calling thread.
     *
     * @param interfaceName the tunnel's, which is left out
     */
    Surroundings surroundings(String interfaceName);

    /**
     * Asks the resolver, which may take minutes.
     *
     * @return completed on any thread
     */
    CompletableFuture<NameAnswer> resolve(String name);

    /**
     * Runs a program of the user's, and waits for it; a thread that is interrupted ends it.
     *
     * @param program an absolute path
     * @param namespace the network namespace that it is run in, null for the calling thread's
     * @param limit how long it may take
     * @param log gets what it writes
     */
    HookResult run(Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log);

    /** Who started this process and is told how its tunnel is doing; whoever does not ask is told nothing. */
    default ServiceManager serviceManager() {
        return ServiceManager.NONE;
    }

    /**
     * What is to be seen of the machine before a tunnel is tried; may block for seconds, and changes nothing. Empty where
     * nobody looks.
     */
    default Optional<MachineFacts> machine() {
        return Optional.empty();
    }

    /** Unpredictable to others: challenges are taken from it. */
    RandomGenerator random();
}
