package org.jpptp.client.capture;

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
import org.jpptp.client.host.Host;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.host.ServiceManager;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.Surroundings;
import org.jspecify.annotations.Nullable;

/** A machine whose loop is captured, and all else as it is. */
final class CapturedHost implements Host {
    private final Host host;
    private final Capture capture;

    CapturedHost(Host host, Capture capture) {
        this.host = host;
        this.capture = capture;
    }

    @Override
    public TunnelLoop loop() throws HostChangeException {
        return capture.of(host.loop());
    }

    @Override
    public void release(TunnelLoop loop) {
        host.release(own(loop));
    }

    /** The host's, as it made it. */
    private static TunnelLoop own(TunnelLoop loop) {
        return loop instanceof CapturedLoop captured ? captured.loop() : loop;
    }

    @Override
    public HostNetwork proxied(TunnelLoop loop, ProxySettings proxy, String name, HostLog log)
            throws HostChangeException {
        return host.proxied(own(loop), proxy, name, log);
    }

    @Override
    public Optional<Failure> missingPrivileges() {
        return host.missingPrivileges();
    }

    @Override
    public Optional<Failure> obstacle(NetworkSettings wanted) {
        return host.obstacle(wanted);
    }

    @Override
    public Optional<Failure> hookObstacle(Moment moment, Path program) {
        return host.hookObstacle(moment, program);
    }

    @Override
    public void prepareProcess(String secret) {
        host.prepareProcess(secret);
    }

    @Override
    public Path runtimeDirectory() {
        return host.runtimeDirectory();
    }

    @Override
    public List<Path> otherRuntimeDirectories() {
        return host.otherRuntimeDirectories();
    }

    @Override
    public void detachProcess(Path log, long waiter) {
        host.detachProcess(log, waiter);
    }

    @Override
    public Failure become(List<String> command) {
        return host.become(command);
    }

    @Override
    public boolean isRead(int descriptor) {
        return host.isRead(descriptor);
    }

    @Override
    public void recover(HostLog log) {
        host.recover(log);
    }

    @Override
    public HostNetwork network(String name, HostNetwork.WithoutInterface whenGone, HostLog log) {
        return host.network(name, whenGone, log);
    }

    @Override
    public Optional<Lockdown> lockdown(HostLog log) {
        return host.lockdown(log);
    }

    @Override
    public Surroundings surroundings(String interfaceName) {
        return host.surroundings(interfaceName);
    }

    @Override
    public CompletableFuture<NameAnswer> resolve(String name) {
        return host.resolve(name);
    }

    @Override
    public CompletableFuture<Lockdown.State> lockdownState() {
        return host.lockdownState();
    }

    @Override
    public HookResult run(Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log) {
        return host.run(program, command, namespace, limit, log);
    }

    @Override
    public ServiceManager serviceManager() {
        return host.serviceManager();
    }

    @Override
    public Optional<MachineFacts> machine() {
        return host.machine();
    }

    @Override
    public Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        return host.enter(pid, resolvers, command);
    }

    @Override
    public RandomGenerator random() {
        return host.random();
    }
}
