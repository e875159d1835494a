package org.jpptp.client.tunnel;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.Routing;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.host.Host;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.RouteRules;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, from the name of the server to the last undone route, through as many connections as the settings allow.
 * {@link #run} blocks its thread, which makes the changes on the host, {@link #start} uses the threads of many; sockets and
 * interface are served by one event loop. Used once.
 */
public final class PptpClient {
    private final Host host;
    private final ClientConfig config;
    private final StatusRecord listener;
    private final @Nullable Questions questions;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<TunnelEvent.Ended> end = new CompletableFuture<>();
    private final CompletableFuture<TunnelEvent.Ended> over = new CompletableFuture<>();
    private final HostLog log = new Log();
    private volatile @Nullable Lifetime lifetime;
    private @Nullable HostHalf half;

    /** A tunnel whose user is asked nothing. */
    public PptpClient(Host host, ClientConfig config, TunnelListener listener) {
        this(host, config, listener, null);
    }

    /**
     * @param host where the tunnel is to be
     * @param secrets who is asked when the server does not take the password, null for nobody: it then ends the tunnel
     */
    public PptpClient(Host host, ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
        this.host = host;
        this.config = config;
        this.listener = new StatusRecord(config.server(), listener);
        this.questions = secrets == null ? null : new Questions(secrets);
    }

    /**
     * Ends the tunnel in an orderly way, in whatever phase it is. Its connection is over within 5 s, and {@link #run} returns as soon
     * as everything on the host is undone: programs of the user's have their time before. Idempotent.
     */
    public void disconnect() {
        listener.ending();
        stop.complete(null);
    }

    /** Whether there is no connection any more, and none to come: the host's side is being undone, or is as it was before. */
    public boolean isTakingBack() {
        return end.isDone();
    }

    /**
     * Ends the connection in an orderly way, and makes another in its place at once; from any thread. Interface and routes stay
     * meanwhile, or not, as the settings have it. A tunnel that has not begun, or is ending, is left alone.
     */
    public void reconnect() {
        onLoop(Lifetime::reconnect);
    }

    /** How the tunnel is doing; asked on any thread, taken on the tunnel's loop. Never fails. */
    public CompletableFuture<TunnelStatus> status() {
        CompletableFuture<TunnelStatus> status = new CompletableFuture<>();
        if (!onLoop(begun -> status.complete(begun.status()))) {
            status.complete(listener.status(null, null, TunnelStatus.Traffic.NONE, null));
        }
        return status;
    }

    /** Lets the listener be told how the tunnel is doing; from any thread. One that has not begun tells nothing. */
    public void tellStatistics() {
        onLoop(Lifetime::tellStatistics);
    }

    /** Tells whether there is a loop. */
    private boolean onLoop(Consumer<Lifetime> what) {
        Lifetime begun = lifetime;
        if (begun != null && !over.isDone()) {
            try {
                begun.loop().execute(() -> what.accept(begun));
                return true;
            } catch (RejectedExecutionException e) {
                // The loop has ended meanwhile.
            }
        }
        return false;
    }

    /**
     * Brings the tunnel up and returns when it is over and everything on the host is undone.
     *
     * @return how it ended; the listener has been told the same
     */
    public TunnelEvent.Ended run() {
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        CompletableFuture<TunnelEvent.Ended> running = start(work::add);
        CompletableFuture<TunnelEvent.Ended> unused =
                running.whenComplete((how, why) -> work.add(() -> {})); // wakes the loop below
        while (!running.isDone()) {
            try {
                work.take().run();
            } catch (InterruptedException e) {
                disconnect();
            }
        }
        return running.join();
    }

    /**
     * Brings the tunnel up without a thread of its own, which costs more memory than all the rest of a tunnel.
     *
     * @param threads carry out what blocks, such as changes on the host, and are in its network namespace; a tunnel needs
     *     one of them at a time, and none while it is up
     * @return when it is over and everything on the host is undone, how it ended; the listener has been told the same
     */
    public CompletableFuture<TunnelEvent.Ended> start(Executor threads) {
        Executor work = new OneByOne(threads);
        work.execute(() -> begin(work));
        CompletableFuture<Void> unused = end.handle((how, why) -> {
            work.execute(() -> finish(how, why));
            return null;
        });
        return over;
    }

    private void begin(Executor work) {
        try {
            host.recover(log);
            Optional<Failure> obstacle = host.obstacle(config.network()).or(this::routeThatIsThere);
            if (obstacle.isPresent()) {
                end.complete(TunnelEvent.Ended.neverUp(obstacle.get()));
            } else {
                lockDown();
                withInterface(work);
            }
        } catch (HostChangeException e) {
            end.complete(TunnelEvent.Ended.neverUp(e.failure()));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Before anything is looked up or dialled. */
    private void lockDown() throws HostChangeException {
        Routing routing = config.network().routing();
        Lockdown lockdown = routing.afterwards() == Routing.Afterwards.LOCKDOWN
                ? host.lockdown(log).orElse(null)
                : null;
        if (lockdown != null) {
            lockdown.on(routing.lan()).ifPresent(log::warn);
        }
    }

    /** Before anybody logs on: a route that would take the place of one of the host's. */
    private Optional<Failure> routeThatIsThere() {
        NetworkSettings network = config.network();
        if (network.isApart() || network.routes().isEmpty()) {
            return Optional.empty();
        }
        String own = network.interfaceName() == null ? "" : network.interfaceName();
        return RouteRules.conflict(network.routing(), host.surroundings(own)).map(NetworkDiagnosis::routeIsThere);
    }

    /** The interface comes first: when it cannot be made, the server need not be bothered. */
    private void withInterface(Executor work) throws HostChangeException {
        HostHalf made = new HostHalf(host, config.network(), whenGone(), work, log);
        half = made;
        listener.begin(made.loop()::now);
        Lifetime begun = new Lifetime(made, config, questions, listener, end);
        lifetime = begun;
        made.loop().execute(begun::begin);
        CompletableFuture<Void> unused = stop.thenRun(() -> onLoop(Lifetime::stop));
    }

    /** Only what comes back is worth being waited for. */
    private HostNetwork.WithoutInterface whenGone() {
        return config.reconnect().mode() == ReconnectSettings.Mode.FAIL_CLOSED
                ? HostNetwork.WithoutInterface.CLOSED
                : HostNetwork.WithoutInterface.OPEN;
    }

    /** In reverse: the last question, then what the tunnel has of the host. */
    private void finish(TunnelEvent.@Nullable Ended how, @Nullable Throwable why) {
        try {
            if (questions != null) {
                questions.close();
            }
            if (half != null) {
                half.close();
            }
            if (how == null) {
                over.completeExceptionally(why == null ? new IllegalStateException("no end") : why);
                return;
            }
            listener.event(how);
            over.complete(how);
        } catch (RuntimeException | Error e) {
            over.completeExceptionally(e);
        }
    }

    /** What is done to the host is trace; what cannot be undone there is the user's business. */
    private final class Log implements HostLog {
        @Override
        public void note(String line) {
            if (listener.traces(Detail.DECISIONS)) {
                listener.trace(Detail.DECISIONS, line);
            }
        }

        @Override
        public void warn(String sentence) {
            listener.event(new TunnelEvent.Warning(sentence));
        }
    }
}
