package org.jpptp.client.driver;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.session.GreReceiver;
import org.jpptp.client.session.Session;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionEdge;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.SessionStatus;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.RawSocketException;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * Drives one {@link Session} on one event loop: hands in octets and time, and carries out what it asks for. All methods
 * but {@link #disconnect}, {@link #hostReady}, {@link #hostFailed}, {@link #secretProvided} and {@link #abandon} are called on
 * that loop.
 */
public final class TunnelDriver implements ControlTransport.Listener {
    /** What is left to the owner of the tunnel, off the event loop. */
    public interface Owner {
        /** Make the host look like this, then call {@link #hostReady} or {@link #hostFailed}. */
        void configureHost(NetworkPlan plan);

        /** Ask the user, then call {@link #secretProvided}. */
        void askSecret(PppEvent.SecretWanted wanted, Credentials tried);

        /** The interface was taken away. Make it anew, or call {@link #hostFailed}. */
        void interfaceGone(int errno);

        /** The session is over, and its sockets are closed. */
        void ended(SessionEnd end);

        /** A defect has ended the session, and its sockets are closed. */
        void broken(Throwable why);
    }

    private final Host host;
    private final TunnelLoop loop;
    private final SessionConfig config;
    private final TunDevice tun;
    private final TunnelListener listener;
    private final Owner owner;
    private final Session session;
    private final WakeUp wakeUp;
    private final SleepWatch sleepWatch = new SleepWatch();
    private final TurnClock clock;
    private @Nullable ControlTransport control;
    private @Nullable GreSocket gre;
    private @Nullable FromNetwork fromNetwork;
    /** From the moment the call connects. */
    private @Nullable FromHost fromHost;

    private boolean tunStarted;
    private boolean ended;

    /**
     * @param loop the host's
     * @param tun the interface, opened; from the moment the host is ready it tells this one. Closed by its owner
     */
    public TunnelDriver(
            Host host, TunnelLoop loop, SessionConfig config, TunDevice tun, TunnelListener listener, Owner owner) {
        this.host = host;
        this.loop = loop;
        this.clock = new TurnClock(loop::now);
        this.config = config;
        this.tun = tun;
        this.listener = listener;
        this.owner = owner;
        this.session = new Session(config, host.random(), new Edge(), listener);
        this.wakeUp = new WakeUp(loop, this::onDeadline);
    }

    /**
     * TCP is connected: begins.
     *
     * @param startedNanos when the user began to wait, by the loop's clock
     */
    public void start(ControlTransport transport, long startedNanos) {
        control = transport;
        Duration unused = sleepWatch.look(loop.sleeplessNow(), loop.now());
        turn(now -> session.start(startedNanos, transport.establishing(), now));
    }

    /** Ends the tunnel in an orderly way. */
    public void disconnect() {
        loop.execute(() -> turn(session::disconnect));
    }

    /** The server may be gone: it is asked at once; on the loop. */
    public void doubt(String why) {
        turn(now -> session.doubt(why, now));
    }

    /** Lets the listener be told how the tunnel is doing; on the loop. */
    public void tellStatistics() {
        turn(session::tellStatistics);
    }

    /** How the session is doing, or did when it ended; on the loop. */
    public SessionStatus status() {
        return session.status();
    }

    /** The host looks as planned. */
    public void hostReady() {
        loop.execute(() -> {
            TunDevice.Listener reading = fromHost;
            if (!ended && reading != null && (tunStarted || startTun(reading))) {
                turn(session::hostReady);
            }
        });
    }

    private boolean startTun(TunDevice.Listener reading) {
        try {
            tun.start(reading);
            tunStarted = true;
        } catch (RuntimeException | Error e) {
            breakOff(e);
        }
        return tunStarted;
    }

    /** Something is broken that the session cannot deal with: closes everything without a word to the server. */
    public void abandon(Throwable why) {
        loop.execute(() -> breakOff(why));
    }

    private void breakOff(Throwable why) {
        if (!ended) {
            close();
            owner.broken(why);
        }
    }

    private void close() {
        ended = true;
        wakeUp.cancel();
        if (gre != null) {
            gre.close();
        }
        if (control != null) {
            control.close();
        }
    }

    /** The host refused. */
    public void hostFailed(Failure why) {
        loop.execute(() -> turn(now -> session.hostFailed(why, now)));
    }

    /** The user has answered; null where there is no answer. */
    public void secretProvided(@Nullable Credentials answer) {
        loop.execute(() -> turn(now -> session.secretProvided(answer, now)));
    }

    @Override
    public void received(ByteBuf octets) {
        turn(now -> session.controlReceived(octets, now));
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        TransportEnd how = TransportEnd.of(cause);
        turn(now -> session.controlClosed(how, now));
    }

    private void onDeadline() {
        Duration slept = sleepWatch.look(loop.sleeplessNow(), loop.now());
        turn(now -> {
            if (!slept.isZero()) {
                session.slept(slept, now);
            }
            session.onDeadline(now);
        });
    }

    /** Everything that may move a deadline goes through here. */
    private void turn(LongConsumer step) {
        if (!ended) {
            step.accept(clock.now());
            endTurn();
        }
    }

    /** What the session has said goes out, and it is woken when it wants to be. */
    private void endTurn() {
        if (ended) {
            return;
        }
        tun.flush();
        GreSocket socket = gre;
        if (socket != null) {
            int errno = socket.flush();
            if (errno != 0) {
                session.greRefused(errno, clock.now());
            }
            if (tunStarted && !ended && socket.isCongested()) {
                tun.pause();
            }
        }
        clock.endTurn();
        if (!ended) {
            if (session.isComingUp()) {
                session.wentOut(loop.now());
            }
            wakeUp.arm(sleepWatch.earlier(session.deadlineNanos()));
        }
    }

    /** What the session asks for. */
    private final class Edge implements SessionEdge {
        @Override
        public String interfaceName() {
            return tun.name();
        }

        @Override
        public Surroundings surroundings() {
            return host.surroundings(tun.name());
        }

        @Override
        public void sendControl(ByteBuf octets) {
            if (control != null) {
                control.send(octets);
            }
        }

        @Override
        public boolean callIdIsFree(int callId) {
            return loop.isFree(config.server(), callId);
        }

        @Override
        public @Nullable Failure openGre(int callId, GreReceiver early) {
            try {
                FromNetwork listening = new FromNetwork(early);
                fromNetwork = listening;
                gre = listener.traces(Detail.OCTETS)
                        ? new TracedGre(
                                loop.greSocket(config.server(), callId, TracedGre.listening(listening, this::traceGre)),
                                this::traceGre)
                        : loop.greSocket(config.server(), callId, listening);
                return null;
            } catch (RawSocketException e) {
                return refusal(e);
            }
        }

        private void traceGre(String line) {
            listener.trace(Detail.OCTETS, line);
        }

        @Override
        public GreArrivals arrivals(int callId) {
            return loop.arrivals(config.server(), callId);
        }

        @Override
        public TunneledLink.Ends ends() {
            return new TunneledLink.Ends(socket(), tun);
        }

        @Override
        public void callConnected(TunneledLink link) {
            Objects.requireNonNull(fromNetwork).receiver = link;
            fromHost = new FromHost(link, socket());
        }

        private GreSocket socket() {
            return Objects.requireNonNull(gre, "the socket is opened before the call is requested");
        }

        @Override
        public void configureHost(NetworkPlan plan) {
            owner.configureHost(plan);
        }

        @Override
        public void askSecret(PppEvent.SecretWanted wanted, Credentials tried) {
            owner.askSecret(wanted, tried);
        }

        @Override
        public void ended(SessionEnd end) {
            close();
            owner.ended(end);
        }
    }

    private Failure refusal(RawSocketException e) {
        return HostDiagnosis.noGreSocket(config.server(), e.step(), e.errno());
    }

    private final class FromNetwork implements GreSocket.Listener {
        private GreReceiver receiver;

        FromNetwork(GreReceiver early) {
            receiver = early;
        }

        @Override
        public void received(ByteBuf packet, int callId) {
            receiver.receive(packet, callId, clock.now());
        }

        /** What TCP answers at once goes out with the acknowledgement of what it answers to. */
        @Override
        public void batchEnd(int datagrams) {
            if (datagrams > 1 && tunStarted && !ended) {
                tun.flush();
                tun.poll();
            }
            receivedAll();
        }

        /** Without turn(): what that would be given is an object for each batch. */
        private void receivedAll() {
            if (!ended) {
                receiver.batchEnd(clock.now());
                endTurn();
            }
        }

        @Override
        public void writable() {
            if (tunStarted) {
                tun.resume();
            }
        }

        @Override
        public void icmpError(IcmpError error) {
            turn(now -> session.greUnreachable(error, now));
        }

        @Override
        public void failed(int errno) {
            // The error queue has told what it was, or the next send will; reading went on in any case.
        }
    }

    private final class FromHost implements TunDevice.Listener {
        private final TunneledLink link;
        private final GreSocket socket;

        FromHost(TunneledLink link, GreSocket socket) {
            this.link = link;
            this.socket = socket;
        }

        /** Read where it is sent from. */
        @Override
        public ByteBuf buffer() {
            return socket.slot();
        }

        @Override
        public void received(ByteBuf datagram) {
            link.send(datagram, clock.now());
        }

        @Override
        public void batchEnd() {
            endTurn();
        }

        @Override
        public void failed(int errno) {
            owner.interfaceGone(errno);
        }
    }
}
