package org.jpptp.client.tunnel;

import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.driver.ServerConnector;
import org.jpptp.client.driver.ServerFinder;
import org.jpptp.client.driver.TunnelDriver;
import org.jpptp.client.driver.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.linux.LinuxHostNetwork;
import org.jpptp.client.net.linux.Privileges;
import org.jpptp.client.net.linux.UndoJournal;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.tun.linux.LinuxTun;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, from the name of the server to the last undone route. {@link #run} blocks its thread, which makes the
 * changes on the host, {@link #start} uses the threads of many; sockets and interface are served by one event loop. Used
 * once.
 */
public final class PptpClient {
    private final ClientConfig config;
    private final TunnelListener listener;
    private final @Nullable Questions questions;
    private final @Nullable TunnelLoop shared;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    private final CompletableFuture<TunnelEvent.Ended> over = new CompletableFuture<>();
    /** How to close what is open, the latest first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    /** With nobody to be asked. */
    public PptpClient(ClientConfig config, TunnelListener listener) {
        this(config, listener, null);
    }

    /**
     * @param secrets who is asked when the server does not take the password, null for nobody: it then ends the tunnel
     */
    public PptpClient(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
        this(config, listener, secrets, null);
    }

    /**
     * One of several tunnels of a process.
     *
     * @param shared the event loop that serves them all, in the network namespace where the changes are made; it stays
     *     open when the tunnel is over. Null for a loop of this tunnel's own
     */
    public PptpClient(
            ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets, @Nullable TunnelLoop shared) {
        this.config = config;
        this.listener = listener;
        this.questions = secrets == null ? null : new Questions(secrets);
        this.shared = shared;
    }

    /** Ends the tunnel in an orderly way, in whatever phase it is; {@link #run} then returns within 5 s. Idempotent. */
    public void disconnect() {
        stop.complete(null);
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
            if (shared == null || shared.isFirstUse()) {
                UndoJournal.recover(LinuxHostNetwork.JOURNALS, this::note);
            }
            Optional<Failure> missing = Privileges.missing();
            if (missing.isPresent()) {
                end.complete(failed(missing.get()));
            } else {
                withInterface(work);
            }
        } catch (HostChangeException e) {
            end.complete(failed(e.failure()));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /** The interface comes first: when it cannot be made, the server need not be bothered. */
    private void withInterface(Executor work) throws HostChangeException {
        long started = System.nanoTime();
        TunnelLoop loop = shared == null ? new TunnelLoop() : shared;
        opened.push(shared == null ? loop::close : loop::settle); // the interface is closed there
        LinuxTun tun = LinuxTun.open(config.interfaceName(), config.offload());
        opened.push(tun::close);
        HostNetwork network = new LinuxHostNetwork(LinuxHostNetwork.JOURNALS, tun.name(), this::note);
        opened.push(network::close);
        ServerFinder.Found found = ServerFinder.find(config.server(), stop);
        if (found.failure() != null) {
            end.complete(failed(stop.isDone() ? interrupted("looking up the server's name") : found.failure()));
        } else {
            connect(loop, found, tun, network, work, started);
        }
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

    /** All of it, also when a part throws. */
    private void closeAll() {
        if (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } finally {
                closeAll();
            }
        }
    }

    private void connect(
            TunnelLoop thread,
            ServerFinder.Found found,
            LinuxTun tun,
            HostNetwork network,
            Executor work,
            long started) {
        EventLoop loop = thread.eventLoop();
        CompletableFuture<TunnelDriver> driving = new CompletableFuture<>();
        ServerConnector connector = new ServerConnector(
                loop,
                config.server(),
                config.port(),
                found.addresses(),
                config.timeout(),
                (address, transport) -> {
                    TunnelDriver driver = new TunnelDriver(
                            thread, sessionConfig(address), tun, listener, new Owner(network, work, driving));
                    driving.complete(driver);
                    driver.start(transport, started);
                    return driver;
                },
                failure -> end.complete(failed(failure)),
                this::note);
        loop.execute(connector::next);
        CompletableFuture<Void> unused = stop.thenRun(() -> loop.execute(() -> {
            TunnelDriver driver = driving.getNow(null);
            if (driver != null) {
                driver.disconnect();
            } else {
                connector.giveUp();
                end.complete(failed(interrupted("connecting to the server")));
            }
        }));
    }

    /** The blocking half of a session. */
    private final class Owner implements TunnelDriver.Owner {
        private final HostNetwork network;
        private final Executor work;
        private final CompletableFuture<TunnelDriver> driving;

        Owner(HostNetwork network, Executor work, CompletableFuture<TunnelDriver> driving) {
            this.network = network;
            this.work = work;
            this.driving = driving;
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
                    end.completeExceptionally(e);
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
            end.complete(how);
        }
    }

    private SessionConfig sessionConfig(Inet4Address server) {
        return SessionConfig.standard(config, server, "", questions != null); // this host's name is nobody's business
    }

    private void note(String line) {
        if (listener.traces(Detail.DECISIONS)) {
            listener.trace(Detail.DECISIONS, line);
        }
    }

    private static Failure interrupted(String doing) {
        return Failure.of(FailureReason.INTERRUPTED, "Stopped before the tunnel was up, while " + doing + ".", "");
    }

    private static SessionEnd failed(@Nullable Failure failure) {
        return new SessionEnd(failure, false, 0, 0, Duration.ZERO);
    }
}
