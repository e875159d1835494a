package org.jpptp.client.host.linux;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.diagnosis.ProcessDiagnosis;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.hook.linux.HookProcess;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.host.ServiceManager;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.linux.HostSurroundings;
import org.jpptp.client.net.linux.InnerNamespace;
import org.jpptp.client.net.linux.LinuxHostNetwork;
import org.jpptp.client.net.linux.LinuxLockdown;
import org.jpptp.client.net.linux.MachineGatherer;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.client.net.linux.Preflight;
import org.jpptp.client.net.linux.Privileges;
import org.jpptp.client.net.linux.UndoJournal;
import org.jpptp.client.proxy.linux.ProxyNetwork;
import org.jspecify.annotations.Nullable;

/** This machine, where it is a Linux. What it makes is in the network namespace of the thread that asks for it. */
public final class LinuxHost implements Host {
    /** Null where each tunnel has a loop of its own. */
    private final @Nullable LinuxLoop shared;

    /** Looked for only where there is a trace of it: the class is not loaded before that. */
    private final Optional<SystemdNotifier> systemd = System.getenv("NOTIFY_SOCKET") == null
            ? Optional.empty()
            : SystemdNotifier.of(System.getenv(), ProcessHandle.current().pid());

    /** The latest of each interface's name: the servers that a tunnel has brought itself do not speak against what it wants. */
    private final Map<String, LinuxHostNetwork> networks = new ConcurrentHashMap<>();

    private final AtomicBoolean recovered = new AtomicBoolean();

    /** For tunnels that have an event loop of their own each. */
    public LinuxHost() {
        this(null);
    }

    private LinuxHost(@Nullable LinuxLoop shared) {
        this.shared = shared;
    }

    /**
     * For many tunnels of a process.
     *
     * @param loop serves them all, in the network namespace where the changes are made; it stays open when they are over.
     *     What dead tunnels left is then looked for once only
     */
    public static LinuxHost with(LinuxLoop loop) {
        return new LinuxHost(loop);
    }

    @Override
    public Optional<Failure> missingPrivileges() {
        return Privileges.missing(Privileges.OF_A_TUNNEL);
    }

    @Override
    public Optional<Failure> obstacle(NetworkSettings wanted) {
        return new Preflight().obstacle(wanted);
    }

    @Override
    public Optional<Failure> hookObstacle(Moment moment, Path program) {
        return Preflight.hook(moment, program);
    }

    @Override
    public void prepareProcess(String secret) {
        LinuxProcess.forbidDumps();
        LinuxProcess.blotOut(secret);
        LinuxProcess.heedSignals();
        LinuxLoop.load();
    }

    @Override
    public Path runtimeDirectory() {
        return LinuxHostNetwork.JOURNALS;
    }

    @Override
    public List<Path> otherRuntimeDirectories() {
        return LinuxHostNetwork.otherJournals();
    }

    @Override
    public void detachProcess(Path log, long waiter) {
        LinuxProcess.detach(log, waiter);
    }

    @Override
    public Failure become(List<String> command) {
        return ProcessDiagnosis.notInBackground(command.get(0), LinuxProcess.become(command));
    }

    @Override
    public boolean isRead(int descriptor) {
        return LinuxProcess.isRead(descriptor);
    }

    @Override
    public void recover(HostLog log) {
        if (shared == null || recovered.compareAndSet(false, true)) {
            UndoJournal.recover(LinuxHostNetwork.LASTING, log);
            UndoJournal.recover(LinuxHostNetwork.JOURNALS, log);
        }
    }

    @Override
    public Optional<MachineFacts> machine() {
        return Optional.of(new MachineGatherer().gather());
    }

    @Override
    public TunnelLoop loop() throws HostChangeException {
        if (shared != null) {
            return shared;
        }
        LinuxLoop made = LinuxLoop.made();
        systemd.ifPresent(watchdog -> watchdog.watch(made.eventLoop()));
        return made;
    }

    @Override
    public void release(TunnelLoop loop) {
        if (loop == shared) {
            shared.settle();
        } else if (loop instanceof LinuxLoop own) {
            own.close();
        }
    }

    @Override
    public HostNetwork network(String name, HostNetwork.WithoutInterface whenGone, HostLog log) {
        LinuxHostNetwork network =
                new LinuxHostNetwork(LinuxHostNetwork.JOURNALS, LinuxHostNetwork.LASTING, name, whenGone, log);
        networks.put(name, network);
        return network;
    }

    @Override
    public HostNetwork proxied(TunnelLoop loop, ProxySettings proxy, String name, HostLog log)
            throws HostChangeException {
        return new ProxyNetwork(((LinuxLoop) loop).eventLoop(), proxy, runtimeDirectory(), name, log);
    }

    @Override
    public Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        try {
            return ProxyDiagnosis.notEntered(LinuxProcess.become(InnerNamespace.entering(pid, resolvers, command)));
        } catch (HostChangeException e) {
            return e.failure();
        }
    }

    @Override
    public Optional<Lockdown> lockdown(HostLog log) {
        return Optional.of(new LinuxLockdown(log));
    }

    @Override
    public Surroundings surroundings(String interfaceName) {
        LinuxHostNetwork network = networks.get(interfaceName);
        return HostSurroundings.read(interfaceName)
                .withoutResolvers(network == null ? List.of() : network.nameServers());
    }

    @Override
    public CompletableFuture<NameAnswer> resolve(String name) {
        return apart("jpptp-resolver", () -> SystemResolver.ask(name));
    }

    @Override
    public CompletableFuture<Lockdown.State> lockdownState() {
        return apart("jpptp-lockdown", () -> new LinuxLockdown(line -> {}).state());
    }

    /** By a thread of its own, which cannot be interrupted and does not keep the process. */
    private static <T> CompletableFuture<T> apart(String threadName, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                },
                threadName);
        asking.setDaemon(true);
        asking.start();
        return answer;
    }

    @Override
    public ServiceManager serviceManager() {
        return systemd.<ServiceManager>map(manager -> manager).orElse(ServiceManager.NONE);
    }

    @Override
    public HookResult run(Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log) {
        HookProcess process = HookProcess.ofThisProcess();
        if (namespace == null) {
            return process.run(program, command, limit, log);
        }
        try {
            return NetworkNamespace.call(namespace, () -> process.run(program, command, limit, log));
        } catch (HostChangeException e) {
            return HookResult.notRun(program, e.failure().sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HookResult.notRun(program, "the tunnel has ended meanwhile");
        } catch (Exception e) {
            return HookResult.notRun(program, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public RandomGenerator random() {
        return new SecureRandom();
    }
}
