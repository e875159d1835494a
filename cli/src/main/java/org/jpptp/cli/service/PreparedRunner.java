package org.jpptp.cli.service;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.capture.Capture;
import org.jpptp.client.diagnosis.ProcessDiagnosis;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jspecify.annotations.Nullable;

/**
 * Tunnels whose native libraries are where they can be loaded from, in a process that is prepared for them. That is done by
 * a thread of its own while the password is typed; the first tunnel waits for what is left of it.
 */
final class PreparedRunner implements TunnelRunner {
    private final TunnelRunner tunnels;
    private final Runnable preparation;
    private final Map<String, String> environment;
    private @Nullable CompletableFuture<Void> prepared;
    private Path directory = Path.of("/");
    private Libraries.@Nullable Place asking;

    /** @param preparation loads the libraries */
    PreparedRunner(TunnelRunner tunnels, Runnable preparation, Map<String, String> environment) {
        this.tunnels = tunnels;
        this.preparation = preparation;
        this.environment = environment;
    }

    @Override
    public Optional<Failure> preflight(NetworkSettings wanted, Logs logs) {
        Optional<Failure> nowhere = prepare(logs);
        return nowhere.isPresent() ? nowhere : tunnels.preflight(wanted, logs);
    }

    @Override
    public Optional<Failure> hookObstacle(Moment moment, Path program) {
        return tunnels.hookObstacle(moment, program);
    }

    @Override
    public Optional<Path> sockets() {
        return tunnels.sockets();
    }

    /** It needs no native library. */
    @Override
    public Optional<Lockdown> lockdown(HostLog log) {
        return tunnels.lockdown(log);
    }

    @Override
    public List<Path> otherSockets() {
        return tunnels.otherSockets();
    }

    /** Nothing of the process is prepared that another program would not want. */
    @Override
    public Failure enter(long pid, List<Inet4Address> resolvers, List<String> command) {
        Libraries.Place place = Libraries.prepare(environment, Logs.HIDDEN);
        return place.directory() == null
                ? ProcessDiagnosis.noLibraryDirectory(place.refused())
                : tunnels.enter(pid, resolvers, command);
    }

    @Override
    public void recover(HostLog log) {
        if (prepare(Logs.HIDDEN).isEmpty()) {
            Libraries.await(prepared);
            tunnels.recover(log);
        }
    }

    /** Where no directory takes the libraries, that is in the way of every tunnel, too. */
    @Override
    public Optional<MachineFacts> machine() {
        Libraries.Place place = Libraries.prepare(environment, Logs.HIDDEN);
        Optional<MachineFacts> seen = tunnels.machine();
        return place.directory() == null
                ? seen.map(facts -> facts.with(ProcessDiagnosis.noLibraryDirectory(place.refused())))
                : seen;
    }

    /** Nothing of the process is prepared that another program would not want. */
    @Override
    public Failure become(List<String> command) {
        Libraries.Place place = Libraries.prepare(environment, Logs.HIDDEN);
        return place.directory() == null
                ? ProcessDiagnosis.noLibraryDirectory(place.refused())
                : tunnels.become(command);
    }

    @Override
    public void detach(Path log, long waiter) {
        tunnels.detach(log, waiter);
    }

    /** Asked again and again; the process of a command that only asks is prepared for nothing else. */
    @Override
    public boolean isRead(int descriptor) {
        if (asking == null) {
            asking = Libraries.prepare(environment, Logs.HIDDEN);
        }
        try {
            return asking.directory() == null || tunnels.isRead(descriptor);
        } catch (LinkageError e) {
            return true;
        }
    }

    private Optional<Failure> prepare(Logs logs) {
        Libraries.Place place = Libraries.prepare(environment, logs);
        if (place.directory() == null) {
            return Optional.of(ProcessDiagnosis.noLibraryDirectory(place.refused()));
        }
        directory = place.directory();
        CompletableFuture<Void> done = new CompletableFuture<>();
        prepared = done;
        Thread thread = new Thread(
                () -> {
                    try {
                        preparation.run();
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                "jpptp-preparation");
        thread.setDaemon(true);
        thread.start();
        return Optional.empty();
    }

    @Override
    public TunnelRunner capturing(Capture capture) {
        PreparedRunner same = new PreparedRunner(tunnels.capturing(capture), preparation, environment);
        same.prepared = prepared;
        same.directory = directory;
        return same;
    }

    @Override
    public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
        return prepared(
                listener.traces(Detail.DECISIONS) ? Logs.SHOWN : Logs.HIDDEN,
                listener,
                () -> tunnels.prepare(config, listener, secrets));
    }

    @Override
    public Tunnel probe(ClientConfig client, Probe.LogOn logOn, Consumer<ProbeReport> told) {
        return prepared(Logs.HIDDEN, event -> {}, () -> tunnels.probe(client, logOn, told));
    }

    private Tunnel prepared(Logs logs, TunnelListener listener, Supplier<Tunnel> made) {
        if (prepared == null) {
            Optional<Failure> nowhere = prepare(logs);
            if (nowhere.isPresent()) {
                return new NoTunnel(listener, nowhere.get());
            }
        }
        try {
            Libraries.await(prepared);
            return made.get();
        } catch (CompletionException | CancellationException e) {
            if (e.getCause() instanceof LinkageError refused) {
                return new NoTunnel(listener, Libraries.notLoaded(directory, refused));
            }
            throw e;
        }
    }

    /** Ends at once, and says why. */
    private record NoTunnel(TunnelListener listener, Failure why) implements Tunnel {
        @Override
        public TunnelEvent.Ended run() {
            TunnelEvent.Ended ended = TunnelEvent.Ended.neverUp(why);
            listener.event(ended);
            return ended;
        }

        @Override
        public void disconnect() {
            // It has ended.
        }

        @Override
        public void tellStatistics() {
            // There are none.
        }
    }
}
