package org.jpptp.client.tunnel;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.diagnosis.TunnelDiagnosis;
import org.jpptp.client.driver.ServerConnector;
import org.jpptp.client.driver.ServerFinder;
import org.jpptp.client.driver.TunnelDriver;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.RouteRules;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionConfig.Attendance;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.TrafficCount;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ControlTransport;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, from the name of the server to the last undone route. {@link #run} blocks its thread, which makes the
 * changes on the host, {@link #start} uses the threads of many; sockets and interface are served by one event loop. Used
 * once.
 */
public final class PptpClient {
    private static final String LOOKING_UP = "looking up the server's name";
    private static final String CONNECTING = "connecting to the server";
    /** How long a server gets to forget an old connection of ours, each time that it says that there is one. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final Host host;
    private final ClientConfig config;
    private final StatusRecord listener;
    private final @Nullable Questions questions;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    private final CompletableFuture<TunnelEvent.Ended> over = new CompletableFuture<>();
    private final HostLog log = new Log();
    private volatile @Nullable Approach approach;
    /** How to close what is open, the latest first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

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

    /** Ends the tunnel in an orderly way, in whatever phase it is; {@link #run} then returns within 5 s. Idempotent. */
    public void disconnect() {
        listener.ending();
        stop.complete(null);
    }

    /** How the tunnel is doing; asked on any thread, taken on the tunnel's loop. Never fails. */
    public CompletableFuture<TunnelStatus> status() {
        Approach begun = approach;
        if (begun != null && !over.isDone()) {
            try {
                return CompletableFuture.supplyAsync(begun::status, begun.loop);
            } catch (RejectedExecutionException e) {
                // The loop has ended meanwhile.
            }
        }
        return CompletableFuture.completedFuture(listener.status(null, null, TunnelStatus.Traffic.NONE));
    }

    /** Lets the listener be told how the tunnel is doing; from any thread. One that has not begun tells nothing. */
    public void tellStatistics() {
        Approach begun = approach;
        if (begun != null) {
            begun.loop.execute(begun::tellStatistics);
        }
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
                end.complete(SessionEnd.neverUp(obstacle.get()));
            } else {
                if (RouteRules.coverEverything(config.network().routes())) {
                    log.warn(NetworkDiagnosis.NO_FULL_TUNNEL);
                }
                withInterface(work);
            }
        } catch (HostChangeException e) {
            end.complete(SessionEnd.neverUp(e.failure()));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** Before anybody logs on: a route that would take the place of one of the host's. */
    private Optional<Failure> routeThatIsThere() {
        NetworkSettings network = config.network();
        if (network.namespace() != null || network.routes().isEmpty()) {
            return Optional.empty();
        }
        String own = network.interfaceName() == null ? "" : network.interfaceName();
        return RouteRules.conflict(network.routes(), host.surroundings(own)).map(NetworkDiagnosis::routeIsThere);
    }

    /** The interface comes first: when it cannot be made, the server need not be bothered. */
    private void withInterface(Executor work) throws HostChangeException {
        TunnelLoop loop = host.loop();
        long started = loop.now();
        listener.begin(loop::now);
        opened.push(() -> host.release(loop)); // the interface is closed there
        TunDevice tun =
                loop.openTun(config.network().interfaceName(), config.network().offload());
        opened.push(tun::close);
        HostNetwork network = host.network(tun.name(), log);
        opened.push(network::close);
        Approach begun = new Approach(loop, tun, network, work, started);
        approach = begun;
        loop.execute(begun::begin);
        CompletableFuture<Void> unused = stop.thenRun(() -> loop.execute(begun::stop));
    }

    /** In reverse: the last question, then routes before the interface that they lead to. */
    private void finish(@Nullable SessionEnd how, @Nullable Throwable why) {
        try {
            if (questions != null) {
                questions.close();
            }
            closeAll();
            if (how == null) {
                over.completeExceptionally(why == null ? new IllegalStateException("no end") : why);
                return;
            }
            TunnelEvent.Ended ended = new TunnelEvent.Ended(
                    how.failure(), how.wasUp(), how.octetsSent(), how.octetsReceived(), how.upFor());
            listener.event(ended);
            over.complete(ended);
        } catch (RuntimeException | Error e) {
            over.completeExceptionally(e);
        }
    }

    /** Closes everything that is open, also when closing a part throws. */
    private void closeAll() {
        if (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } finally {
                closeAll();
            }
        }
    }

    /** The way to the server: its name, its address, and there the session. On the loop. */
    private final class Approach {
        private final TunnelLoop loop;
        private final TunDevice tun;
        private final HostNetwork network;
        private final Executor work;
        private final long started;
        private final ServerFinder finder;
        private CompletableFuture<TunnelDriver> driving = new CompletableFuture<>();
        private ClientConfig asked = config;
        private @Nullable ServerConnector connector;
        /** How the call ended that was followed by another. */
        private @Nullable SessionEnd before;

        /** The one whose session is not over; null where there is none. */
        private @Nullable TunnelDriver current;

        private int tries;
        /** Until the next try; null where none is waited for. */
        private @Nullable Future<?> pause;

        Approach(TunnelLoop loop, TunDevice tun, HostNetwork network, Executor work, long started) {
            this.loop = loop;
            this.tun = tun;
            this.network = network;
            this.work = work;
            this.started = started;
            this.finder = new ServerFinder(
                    host,
                    loop,
                    config.server().host(),
                    addresses -> guarded(() -> connect(addresses)),
                    failure -> end.complete(SessionEnd.neverUp(failure)));
        }

        void begin() {
            guarded(finder::begin);
        }

        /** The loop would go on after a defect, and nobody would hear of it. */
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                finder.giveUp();
                end.completeExceptionally(e);
            }
        }

        private void connect(List<Inet4Address> addresses) {
            pause = null;
            connector = new ServerConnector(
                    loop,
                    config.server().host(),
                    config.server().port(),
                    addresses,
                    config.timing().comingUp(),
                    this::drive,
                    failure -> end.complete(SessionEnd.neverUp(failure)),
                    PptpClient.this::note);
            connector.begin();
        }

        private TunnelDriver drive(Inet4Address address, ControlTransport transport) {
            CompletableFuture<TunnelDriver> driving = this.driving;
            TunnelDriver driver = new TunnelDriver(
                    host,
                    loop,
                    sessionConfig(asked, address),
                    tun,
                    listener,
                    new Owner(network, work, driving, how -> ended(how, address)));
            driving.complete(driver);
            current = driver;
            driver.start(transport, started);
            return driver;
        }

        private void ended(SessionEnd how, Inet4Address address) {
            TunnelDriver over = driving.getNow(null);
            if (over != null) {
                listener.sessionOver(over.status());
            }
            current = null;
            PolicySettings another = how.another();
            SessionEnd first = before;
            if (another != null && !stop.isDone()) {
                listener.event(new TunnelEvent.Warning(TunnelDiagnosis.onceMore(another)));
                before = how;
                asked = config.with(another);
                driving = new CompletableFuture<>();
                guarded(() -> connect(List.of(address)));
            } else if (how.prospect() == SessionEnd.Prospect.LATER && how.failure() != null && !stop.isDone()) {
                later(how.failure(), address);
            } else {
                end.complete(
                        first != null && isOverMethods(how) && !asked.policy().hasEap() ? first : how);
            }
        }

        /** The server may have us a little later. */
        private void later(Failure failure, Inet4Address address) {
            long waited = loop.now() - started;
            if (tries == PAUSES.size()
                    || waited + PAUSES.get(tries).toNanos()
                            >= config.timing().comingUp().toNanos()) {
                end.complete(SessionEnd.neverUp(ControlDiagnosis.stillConnected(failure, tries)));
                return;
            }
            Duration next = PAUSES.get(tries++);
            listener.event(new TunnelEvent.Warning(ControlDiagnosis.triesAgain(next)));
            driving = new CompletableFuture<>();
            pause = loop.schedule(() -> guarded(() -> connect(List.of(address))), next.toNanos());
        }

        void stop() {
            if (pause != null) {
                pause.cancel(false);
                end.complete(SessionEnd.neverUp(interrupted("waiting for the server to forget an old connection")));
                return;
            }
            TunnelDriver driver = driving.getNow(null);
            if (driver != null) {
                driver.disconnect();
            } else if (connector != null) {
                connector.giveUp();
                end.complete(SessionEnd.neverUp(interrupted(CONNECTING)));
            } else {
                finder.giveUp();
                end.complete(SessionEnd.neverUp(interrupted(LOOKING_UP)));
            }
        }

        TunnelStatus status() {
            return listener.status(doing(), current == null ? null : current.status(), TrafficCount.of(tun.stats()));
        }

        private String doing() {
            return connector == null ? LOOKING_UP : CONNECTING;
        }

        void tellStatistics() {
            TunnelDriver driver = driving.getNow(null);
            if (driver != null) {
                driver.tellStatistics();
            } else {
                listener.event(new TunnelEvent.Statistics(doing(), Duration.ofNanos(loop.now() - started), 0, 0));
            }
        }
    }

    /** The blocking half of a session. */
    private final class Owner implements TunnelDriver.Owner {
        private final HostNetwork network;
        private final Executor work;
        private final CompletableFuture<TunnelDriver> driving;
        private final Consumer<SessionEnd> ended;

        Owner(HostNetwork network, Executor work, CompletableFuture<TunnelDriver> driving, Consumer<SessionEnd> ended) {
            this.network = network;
            this.work = work;
            this.driving = driving;
            this.ended = ended;
        }

        @Override
        public void configureHost(NetworkPlan plan) {
            work.execute(() -> {
                try {
                    network.apply(plan);
                    driving.join().hostReady();
                } catch (HostChangeException e) {
                    driving.join().hostFailed(e.failure());
                } catch (RuntimeException | Error e) {
                    driving.join().abandon(e);
                }
            });
        }

        @Override
        public void askSecret(PppEvent.SecretWanted wanted, Credentials tried) {
            if (questions != null) {
                questions.ask(wanted, tried, answer -> driving.join().secretProvided(answer));
            }
        }

        @Override
        public void ended(SessionEnd how) {
            ended.accept(how);
        }

        @Override
        public void broken(Throwable why) {
            end.completeExceptionally(why);
        }
    }

    /** A server that wants EAP and takes nothing else has told more in the call in which it was asked. */
    private static boolean isOverMethods(SessionEnd how) {
        Failure failure = how.failure();
        return failure != null && failure.reason() == FailureReason.AUTH_METHOD_REFUSED;
    }

    private SessionConfig sessionConfig(ClientConfig asked, Inet4Address server) {
        Attendance attendance = questions == null ? Attendance.UNATTENDED : Attendance.ATTENDED;
        return SessionConfig.of(asked, server, "", attendance); // this host's name is nobody's business
    }

    /** What is done to the host is trace; what cannot be undone there is the user's business. */
    private final class Log implements HostLog {
        @Override
        public void note(String line) {
            PptpClient.this.note(line);
        }

        @Override
        public void warn(String sentence) {
            listener.event(new TunnelEvent.Warning(sentence));
        }
    }

    private void note(String line) {
        if (listener.traces(Detail.DECISIONS)) {
            listener.trace(Detail.DECISIONS, line);
        }
    }

    private static Failure interrupted(String doing) {
        return TunnelDiagnosis.interrupted(doing);
    }
}
