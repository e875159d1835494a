package org.jpptp.client.tunnel;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.TunnelDiagnosis;
import org.jpptp.client.driver.ServerConnector;
import org.jpptp.client.driver.ServerFinder;
import org.jpptp.client.driver.TunnelDriver;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionConfig.Attendance;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.SessionStatus;
import org.jpptp.control.ControlTransport;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * One connection with the server, from its name to the end of the session: the name, the address, there the session, and
 * what a server makes of it that wants to be called once more, or a little later. On the loop.
 */
final class Approach {
    /** Whose connection it is. On the loop. */
    interface Owner {
        /** The host is to look like this. */
        void planned(NetworkPlan plan);

        /** The interface was taken away from the session. */
        void interfaceGone(int errno);

        /** A session is over; another may follow. */
        void sessionOver(SessionStatus last);

        /** It is over; told once. */
        void ended(SessionEnd how);

        /** A defect; on any thread. */
        void broken(Throwable why);
    }

    /** How long a server gets to forget an old connection of ours, each time that it says that there is one. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final HostHalf half;
    private final TunnelLoop loop;
    private final ClientConfig config;
    private final @Nullable Questions questions;
    private final TunnelListener listener;
    private final Owner owner;
    private final List<Inet4Address> known;
    private final long started;
    private Phase phase = new Phase.None();
    private ClientConfig asked;
    /** How the call ended that was followed by another. */
    private @Nullable SessionEnd before;

    private List<Inet4Address> addresses = List.of();
    private int tries;
    private boolean stopped;

    /**
     * @param questions to the user; null where nobody is asked
     * @param known addresses of the server from an earlier connection, empty the first time
     * @param started when the user began to wait, by the loop's clock
     */
    Approach(
            HostHalf half,
            ClientConfig config,
            @Nullable Questions questions,
            TunnelListener listener,
            Owner owner,
            List<Inet4Address> known,
            long started) {
        this.half = half;
        this.loop = half.loop();
        this.config = config;
        this.asked = config;
        this.questions = questions;
        this.listener = listener;
        this.owner = owner;
        this.known = known;
        this.started = started;
    }

    /** What is going on before there is a session, or between two. */
    private interface Phase {
        /** A clause. */
        String doing();

        void giveUp();

        /** Nothing yet. */
        record None() implements Phase {
            @Override
            public String doing() {
                return "looking up the server's name";
            }

            @Override
            public void giveUp() {
                // There is nothing.
            }
        }

        /** The name is looked up. */
        record LookingUp(ServerFinder finder) implements Phase {
            @Override
            public String doing() {
                return new None().doing();
            }

            @Override
            public void giveUp() {
                finder.giveUp();
            }
        }

        /** The host makes a way to the server. */
        record MakingWay() implements Phase {
            @Override
            public String doing() {
                return "making a way to the server";
            }

            @Override
            public void giveUp() {
                // Who waits for it looks whether it is still wanted.
            }
        }

        /** TCP connects. */
        record Connecting(ServerConnector connector) implements Phase {
            @Override
            public String doing() {
                return "connecting to the server";
            }

            @Override
            public void giveUp() {
                connector.giveUp();
            }
        }

        /** The server is to forget an old connection. */
        record Pausing(Future<?> pause) implements Phase {
            @Override
            public String doing() {
                return "waiting for the server to forget an old connection";
            }

            @Override
            public void giveUp() {
                pause.cancel(false);
            }
        }

        /** There is a session, which tells for itself. */
        record Driving(TunnelDriver driver) implements Phase {
            @Override
            public String doing() {
                return "";
            }

            @Override
            public void giveUp() {
                driver.disconnect();
            }
        }
    }

    void begin() {
        ServerFinder finder = new ServerFinder(
                half.host(),
                loop,
                config.server().host(),
                known,
                found -> guarded(() -> found(found)),
                failure -> end(SessionEnd.neverUp(failure)));
        phase = new Phase.LookingUp(finder);
        guarded(finder::begin);
    }

    /** The addresses of the server, once they are found. */
    List<Inet4Address> addresses() {
        return addresses;
    }

    /** The session, null where there is none. */
    @Nullable
    TunnelDriver driver() {
        return phase instanceof Phase.Driving driving ? driving.driver() : null;
    }

    /** Ends it in an orderly way; {@link Owner#ended} follows, or comes before this returns. */
    void stop() {
        stopped = true;
        Phase now = phase;
        now.giveUp();
        if (driver() == null) {
            end(SessionEnd.neverUp(TunnelDiagnosis.interrupted(now.doing())));
        }
    }

    /** A clause that says what it is doing; empty where a session tells for itself. */
    String doing() {
        return phase.doing();
    }

    /** The loop would go on after a defect, and nobody would hear of it. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            phase.giveUp();
            owner.broken(e);
        }
    }

    private void end(SessionEnd how) {
        phase = new Phase.None();
        owner.ended(how);
    }

    private void found(List<Inet4Address> found) {
        addresses = found;
        if (known.isEmpty()) {
            connect(found);
            return;
        }
        phase = new Phase.MakingWay();
        half.reach(
                found,
                () -> {
                    if (!stopped) {
                        guarded(() -> connect(found));
                    }
                },
                owner::broken);
    }

    private void connect(List<Inet4Address> to) {
        ServerConnector connector = new ServerConnector(
                loop,
                config.server().host(),
                config.server().port(),
                to,
                config.timing().comingUp(),
                this::drive,
                failure -> end(SessionEnd.neverUp(failure)),
                this::note);
        phase = new Phase.Connecting(connector);
        connector.begin();
    }

    private TunnelDriver drive(Inet4Address address, ControlTransport transport) {
        Attendance attendance = questions == null ? Attendance.UNATTENDED : Attendance.ATTENDED;
        Serving serving = new Serving(address);
        TunnelDriver driver = new TunnelDriver(
                half.host(),
                loop,
                SessionConfig.of(asked, address, "", attendance), // this host's name is nobody's business
                half.tun(),
                listener,
                serving);
        serving.driver = driver;
        phase = new Phase.Driving(driver);
        driver.start(transport, started);
        return driver;
    }

    /** What a session asks for. */
    private final class Serving implements TunnelDriver.Owner {
        private final Inet4Address address;
        private @Nullable TunnelDriver driver;

        Serving(Inet4Address address) {
            this.address = address;
        }

        private TunnelDriver driver() {
            return Objects.requireNonNull(driver, "it is told before it is started");
        }

        @Override
        public void configureHost(NetworkPlan plan) {
            owner.planned(plan);
            TunnelDriver asking = driver();
            half.configure(plan, new HostHalf.Configured() {
                @Override
                public void ready(TunnelEvent.NamesSettled names) {
                    loop.execute(() -> listener.event(names));
                    asking.hostReady();
                }

                @Override
                public void refused(Failure why) {
                    asking.hostFailed(why);
                }

                @Override
                public void broken(Throwable why) {
                    asking.abandon(why);
                }
            });
        }

        @Override
        public void askSecret(PppEvent.SecretWanted wanted, Credentials tried) {
            TunnelDriver asking = driver();
            if (questions != null) {
                questions.ask(wanted, tried, asking::secretProvided);
            }
        }

        @Override
        public void interfaceGone(int errno) {
            owner.interfaceGone(errno);
        }

        @Override
        public void ended(SessionEnd how) {
            sessionEnded(how, address);
        }

        @Override
        public void broken(Throwable why) {
            owner.broken(why);
        }
    }

    private void sessionEnded(SessionEnd how, Inet4Address address) {
        TunnelDriver over = driver();
        if (over != null) {
            owner.sessionOver(over.status());
        }
        PolicySettings another = how.another();
        SessionEnd first = before;
        if (another != null && !stopped) {
            listener.event(new TunnelEvent.Warning(TunnelDiagnosis.onceMore(another)));
            before = how;
            asked = config.with(another);
            guarded(() -> connect(List.of(address)));
        } else if (how.prospect() == SessionEnd.Prospect.LATER && how.failure() != null && !stopped) {
            later(how.failure(), address);
        } else {
            end(first != null && isOverMethods(how) && !asked.policy().hasEap() ? first : how);
        }
    }

    /** A server that wants EAP and takes nothing else has told more in the call in which it was asked. */
    private static boolean isOverMethods(SessionEnd how) {
        Failure failure = how.failure();
        return failure != null && failure.reason() == FailureReason.AUTH_METHOD_REFUSED;
    }

    /** The server may have us a little later. */
    private void later(Failure failure, Inet4Address address) {
        long waited = loop.now() - started;
        if (tries == PAUSES.size()
                || waited + PAUSES.get(tries).toNanos()
                        >= config.timing().comingUp().toNanos()) {
            end(SessionEnd.neverUp(ControlDiagnosis.stillConnected(failure, tries)));
            return;
        }
        Duration next = PAUSES.get(tries++);
        listener.event(new TunnelEvent.Warning(ControlDiagnosis.triesAgain(next)));
        phase = new Phase.Pausing(loop.schedule(() -> guarded(() -> connect(List.of(address))), next.toNanos()));
    }

    private void note(String line) {
        if (listener.traces(Detail.DECISIONS)) {
            listener.trace(Detail.DECISIONS, line);
        }
    }
}
