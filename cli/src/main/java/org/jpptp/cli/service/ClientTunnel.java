package org.jpptp.cli.service;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jpptp.cli.view.ServiceStatus;
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
import org.jpptp.client.host.Host;
import org.jpptp.client.host.ServiceManager;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.client.tunnel.PptpClient;
import org.jspecify.annotations.Nullable;

/** Tunnels of client-core, on this machine. */
public final class ClientTunnel implements TunnelRunner {
    /** This machine. */
    public static final Host HOST = new LinuxHost();

    /** Loads the client, and the libraries under it, with the first tunnel. */
    public static final TunnelRunner RUNNER = new ClientTunnel(HOST);

    private final Host host;

    private ClientTunnel(Host host) {
        this.host = host;
    }

    @Override
    public TunnelRunner capturing(Capture capture) {
        return new ClientTunnel(capture.of(host));
    }

    @Override
    public Optional<Failure> preflight(NetworkSettings wanted, Logs logs) {
        return host.obstacle(wanted);
    }

    @Override
    public Optional<Failure> hookObstacle(Moment moment, Path program) {
        return host.hookObstacle(moment, program);
    }

    @Override
    public Optional<Path> sockets() {
        return Optional.of(host.runtimeDirectory());
    }

    @Override
    public List<Path> otherSockets() {
        return host.otherRuntimeDirectories();
    }

    @Override
    public Optional<Lockdown> lockdown(HostLog log) {
        return host.lockdown(log);
    }

    @Override
    public Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        return host.enter(pid, resolvers, command);
    }

    @Override
    public void recover(HostLog log) {
        host.recover(log);
    }

    @Override
    public Failure become(List<String> command) {
        return host.become(command);
    }

    @Override
    public void detach(Path log, long waiter) {
        host.detachProcess(log, waiter);
    }

    @Override
    public boolean isRead(int descriptor) {
        return host.isRead(descriptor);
    }

    @Override
    public Optional<MachineFacts> machine() {
        return host.machine();
    }

    @Override
    public Tunnel probe(ClientConfig client, Probe.LogOn logOn, Consumer<ProbeReport> told) {
        return new ProbeRun(host, client, logOn, told);
    }

    @Override
    public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
        ServiceManager manager = host.serviceManager();
        ServiceStatus told =
                new ServiceStatus(manager, listener, config.server().host());
        PptpClient client = new PptpClient(host, config, told, secrets);
        return new Tunnel() {
            @Override
            public TunnelEvent.Ended run() {
                told.begin();
                return client.run();
            }

            @Override
            public void disconnect() {
                manager.stopping();
                client.disconnect();
            }

            @Override
            public boolean isTakingBack() {
                return client.isTakingBack();
            }

            @Override
            public void reconnect() {
                client.reconnect();
            }

            @Override
            public void tellStatistics() {
                client.tellStatistics();
            }

            @Override
            public CompletableFuture<TunnelStatus> status() {
                return client.status();
            }
        };
    }
}
