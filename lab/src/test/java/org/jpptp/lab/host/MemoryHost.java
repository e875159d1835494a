package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.Surroundings;
import org.jpptp.lab.simulation.SimulatedNetwork;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.jspecify.annotations.Nullable;

/**
 * A machine in memory, in virtual time: tests write to its interfaces and read what they get, see its addresses, routes and
 * sockets as text, and let each of its steps fail. Everything happens within {@link #runUntil}, in the caller's thread. It mops
 * nothing up: what a tunnel has left open stays in {@link #state}.
 */
public final class MemoryHost implements Host {
    private static final Duration RESOLVING = Duration.ofMillis(20);

    /** How the server is reached by TCP. */
    public enum Tcp {
        ANSWERED,
        REFUSED,
        SILENT,
        UNREACHABLE
    }

    /** What becomes of GRE packets. */
    public enum Gre {
        /** They pass. */
        PASSES,
        /** They vanish on the way. */
        VANISHES,
        /** The server answers from another of its addresses. */
        COMES_FROM_ELSEWHERE,
        /** A rule of this host's own packet filter drops what comes in. */
        DROPPED_ON_ARRIVAL,
        /** The far end answers ICMP protocol unreachable. */
        UNREACHABLE,
        /** A rule of this host's own packet filter refuses them. */
        FORBIDDEN
    }

    private final SimulatedNetwork network = new SimulatedNetwork(1, Weather.FINE);
    private final Set<String> state = new TreeSet<>(Set.of("address 192.0.2.2/24 dev eth0", "link eth0 up"));
    private final List<String> changes = new ArrayList<>();
    /** Written to by threads of their own. */
    private final List<String> hookRuns = Collections.synchronizedList(new ArrayList<>());

    private final Map<Step, Runnable> hooks = new EnumMap<>(Step.class);
    private final Set<Step> refused = EnumSet.noneOf(Step.class);
    private final MemoryLoop loop = new MemoryLoop(this);
    private final RandomGenerator random = new SplittableRandom(1);
    private final @Nullable FarEnd server;
    private Tcp tcp = Tcp.ANSWERED;
    private Gre gre = Gre.PASSES;
    private final MemoryNames names = new MemoryNames();
    private final Set<Inet4Address> silent = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private final MemoryWays ways = new MemoryWays();
    private Duration slept = Duration.ZERO;

    /** @param server who answers at every other address, null for nobody */
    public MemoryHost(@Nullable FarEnd server) {
        this.server = server;
    }

    /** Runs what is to happen, jumping from event to event, until something holds or the time is over. */
    public void runUntil(BooleanSupplier done, Duration limit) {
        long stop = network.now() + limit.toNanos();
        while (!done.getAsBoolean()) {
            long next = network.nextEvent();
            if (next > stop) {
                network.advanceTo(stop);
                return;
            }
            network.advanceTo(next);
            network.runDue();
        }
    }

    /** The time, in nanoseconds. */
    public long now() {
        return network.now();
    }

    /** Addresses, routes, interfaces and open sockets, a line each. */
    public List<String> state() {
        return List.copyOf(state);
    }

    /** What has been added ({@code +}) to the state and removed ({@code -}) from it, and was looked at ({@code !}). */
    public List<String> changes() {
        return List.copyOf(changes);
    }

    /** Runs something whenever the step is reached, before it is done; it may throw. */
    public void on(Step step, Runnable hook) {
        hooks.put(step, hook);
    }

    /** From now on the host refuses the step, as hosts do. */
    public void refuse(Step step) {
        refused.add(step);
    }

    /** How the server is reached from now on. */
    public void tcp(Tcp how) {
        tcp = how;
    }

    /** What becomes of GRE from now on. */
    public void gre(Gre how) {
        gre = how;
    }

    /** How names are looked up. */
    public MemoryNames names() {
        return names;
    }

    /** The host allows a step again. */
    public void allow(Step step) {
        refused.remove(step);
    }

    /** From now on the host does not let a line be taken back. */
    public void keep(String line) {
        kept.add(line);
    }

    boolean isKept(String line) {
        return kept.contains(line);
    }

    /** Nothing is heard of an address. */
    public void silence(Inet4Address address) {
        silent.add(address);
    }

    boolean isSilent(InetAddress address) {
        return tcp == Tcp.SILENT || silent.contains(address);
    }

    /** Its networks, addresses and routes beside the tunnel. */
    public MemoryWays ways() {
        return ways;
    }

    /** Another route leads where this one did, of which the host tells. */
    public void reroute(String cidr, String router) {
        ways.reroute(cidr, router);
        after(Duration.ofMillis(300), () -> loop.waysChanged(surroundings("")));
    }

    /** The server is there no more: its TCP connections break, and it takes no new ones. */
    public void serverDies() {
        tcp = Tcp.REFUSED;
        gre = Gre.VANISHES;
        loop.resetTcp();
    }

    /** It is there, and knows nothing of what was before. */
    public void serverIsBack() {
        tcp = Tcp.ANSWERED;
        gre = Gre.PASSES;
    }

    /** How many tasks are to be done at some time. */
    public int waiting() {
        return network.waiting();
    }

    /** Where blocking work is done. */
    public Executor threads() {
        return task -> network.at(network.now(), task);
    }

    /** Runs something on the event loop later. */
    public void after(Duration time, Runnable what) {
        network.at(network.now() + time.toNanos(), what);
    }

    /** The interface that is there. */
    public MemoryTun tun() {
        return loop.tun();
    }

    /** The raw socket that is open. */
    public MemoryGre greSocket() {
        return loop.gre();
    }

    /** From now on the server is not heard, and hears nothing. */
    public void cutOff() {
        tcp = Tcp.SILENT;
        gre = Gre.VANISHES;
    }

    /** The host sleeps, and its clock stands still meanwhile. */
    public void sleep(Duration time) {
        slept = slept.plus(time);
    }

    Duration slept() {
        return slept;
    }

    /** TCP breaks. */
    public void resetTcp() {
        loop.resetTcp();
    }

    /** A GRE packet of the server's comes in a while. */
    void greSent(Inet4Address from, ByteBuf packet) {
        ByteBuf copy = Unpooled.copiedBuffer(packet);
        switch (gre) {
            case PASSES -> network.datagram(() -> loop.greReceived(from, copy));
            case COMES_FROM_ELSEWHERE -> network.datagram(() -> loop.arrived(MemoryServer.OTHER_ADDRESS));
            case DROPPED_ON_ARRIVAL -> network.datagram(() -> loop.arrived(from));
            case VANISHES, UNREACHABLE, FORBIDDEN -> {}
        }
    }

    SimulatedNetwork network() {
        return network;
    }

    Tcp tcp() {
        return tcp;
    }

    Gre gre() {
        return gre;
    }

    @Nullable
    FarEnd server() {
        return server;
    }

    /** The step is reached. Tells whether it is refused. */
    boolean isRefused(Step step) {
        Runnable hook = hooks.get(step);
        if (hook != null) {
            hook.run();
        }
        return refused.contains(step);
    }

    /** Something happens that leaves nothing. */
    void note(String line) {
        changes.add("! " + line);
    }

    void add(String line) {
        state.add(line);
        changes.add("+ " + line);
    }

    /** Somebody takes an address or a route away, of which the host tells. */
    public void takeAway(String line) {
        takeAwayIf(line::equals);
        after(Duration.ofMillis(300), () -> loop.waysChanged(surroundings("")));
    }

    void takeAwayIf(Predicate<String> isTaken) {
        List.copyOf(state).stream().filter(isTaken).forEach(this::remove);
    }

    /** What is gone already stays so. */
    void remove(String line) {
        if (state.remove(line)) {
            changes.add("- " + line);
        }
    }

    @Override
    public Path runtimeDirectory() {
        return Path.of("/run/memory");
    }

    @Override
    public void recover(HostLog log) {
        if (isRefused(Step.RECOVER)) {
            log.note("a journal cannot be read"); // which keeps nobody from a new tunnel
        }
    }

    @Override
    public Optional<Failure> missingPrivileges() {
        return isRefused(Step.PRIVILEGES)
                ? Optional.of(Failure.of(
                        FailureReason.NO_PRIVILEGE, "This process lacks CAP_NET_ADMIN.", "Run it as root, with sudo."))
                : Optional.empty();
    }

    @Override
    public TunnelLoop loop() {
        return loop;
    }

    @Override
    public void release(TunnelLoop released) {}

    @Override
    public Failure become(List<String> command) {
        throw new UnsupportedOperationException("no process");
    }

    @Override
    public Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        throw new UnsupportedOperationException("there are no processes here");
    }

    /** Here there is nothing but the tunnel anyway. */
    @Override
    public HostNetwork proxied(TunnelLoop loop, ProxySettings proxy, String name, HostLog log) {
        return network(name, HostNetwork.WithoutInterface.CLOSED, log);
    }

    @Override
    public HostNetwork network(String name, HostNetwork.WithoutInterface whenGone, HostLog log) {
        return new MemoryNetwork(this, log);
    }

    @Override
    public Surroundings surroundings(String interfaceName) {
        return ways.surroundings();
    }

    @Override
    public CompletableFuture<NameAnswer> resolve(String name) {
        CompletableFuture<NameAnswer> answer = new CompletableFuture<>();
        Optional<NameAnswer> known = isRefused(Step.RESOLVE) ? Optional.of(NameAnswer.unknown()) : names.answer();
        known.ifPresent(said -> network.at(network.now() + RESOLVING.toNanos(), () -> answer.complete(said)));
        return answer;
    }

    @Override
    public CompletableFuture<Lockdown.State> lockdownState() {
        return CompletableFuture.completedFuture(names.lockdown());
    }

    @Override
    public HookResult run(Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log) {
        hookRuns.add(command.environment().get("reason") + " " + program);
        log.note("hook " + program);
        return new HookResult(program, HookResult.Kind.ENDED, 0, "");
    }

    /** The programs of the user's that were run, each behind its reason. */
    public List<String> hookRuns() {
        synchronized (hookRuns) {
            return List.copyOf(hookRuns);
        }
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
