package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.ANSWER;
import static org.jpptp.client.session.Deadlines.Timer.LINK_CLOSING;
import static org.jpptp.client.session.Deadlines.Timer.UP;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.client.diagnosis.LinkDiagnosis;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.control.CallIds;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.ControlOutput;
import org.jpptp.gre.IcmpError;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel of a client, from the first octet on TCP to the last: a pure machine that joins control connection, GRE
 * tunnel and PPP link. It tells its listener each phase, and its edge exactly once that it has ended.
 */
public final class Session {
    private static final int EPERM = 1;

    private enum State {
        NEW,
        CONNECTING,
        NEGOTIATING,
        CONFIGURING_HOST,
        UP,
        CLOSING_LINK,
        CLOSING_CONTROL,
        ENDED
    }

    private final SessionConfig config;
    private final RandomGenerator random;
    private final ClientConfig client;
    private final SessionEdge edge;
    private final TunnelListener listener;
    private final SessionTrace trace;
    private final LinkReport report;
    private final Steps steps;
    private final ControlConnection control;
    private final DataPath data;
    private final Deadlines deadlines = new Deadlines();
    private final GreWatch greWatch;
    private final SecretExchange secrets;
    private final HostSetup host;

    private State state = State.NEW;
    private long now;
    private long upNanos;
    private boolean wasUp;
    private @Nullable Failure failure;

    /**
     * @param random for call ids, challenges and magic numbers; a {@code SecureRandom} outside of tests
     */
    public Session(SessionConfig config, RandomGenerator random, SessionEdge edge, TunnelListener listener) {
        this.config = config;
        this.random = random;
        this.client = config.client();
        this.edge = edge;
        this.listener = listener;
        this.trace = new SessionTrace(listener);
        this.report = new LinkReport(listener);
        this.steps = new Steps(trace::note);
        this.secrets = new SecretExchange(config, edge, deadlines, steps);
        this.host = new HostSetup(config, edge, report, trace);
        this.control = new ControlConnection(config.control(), random, new FromControl(), trace);
        this.data = new DataPath(config, random, edge, trace, this::linkEvent);
        this.greWatch = new GreWatch(config, server(), deadlines, data);
    }

    /**
     * TCP is connected: begins.
     *
     * @param startedNanos when the user began to wait, which counts for the time-out
     */
    public void start(long startedNanos, long nowNanos) {
        now = nowNanos;
        steps.start(startedNanos);
        state = State.CONNECTING;
        deadlines.set(UP, startedNanos + client.timeout().toNanos());
        control.open(now);
    }

    /** Octets from the server's TCP connection. */
    public void controlReceived(ByteBuf octets, long nowNanos) {
        now = nowNanos;
        if (state != State.ENDED) {
            control.receive(octets, now);
        }
    }

    /** The server's TCP connection is gone. */
    public void controlClosed(long nowNanos) {
        now = nowNanos;
        if (state != State.ENDED) {
            control.transportClosed(now);
        }
    }

    /** A datagram of the raw socket, from its IPv4 header on. */
    public void greReceived(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (state != State.ENDED) {
            data.fromNetwork(datagram, now);
        }
    }

    /** The raw socket is read empty for now. */
    public void greBatchEnd(long nowNanos) {
        now = nowNanos;
        if (state != State.ENDED) {
            data.batchEnd(now);
        }
    }

    /** The host did not let a GRE packet of ours out. */
    public void greRefused(int errno, long nowNanos) {
        now = nowNanos;
        if (errno == EPERM && !wasUp && !closing()) {
            fail(GreDiagnosis.sendForbidden(server()));
        }
    }

    /** An ICMP error about a GRE packet of ours. */
    public void greUnreachable(IcmpError error, long nowNanos) {
        now = nowNanos;
        trace.note("ICMP type " + error.type() + " code " + error.code() + " about our GRE packets from "
                + error.offender().getHostAddress());
        greWatch.icmp(error, now);
    }

    /**
     * A datagram from the tunnel interface, with {@link org.jpptp.ppp.link.PppLink#DATAGRAM_HEADROOM} octets free before
     * it; overwritten.
     */
    public void tunReceived(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (state == State.UP) {
            data.fromHost(datagram, now);
        }
    }

    /** The host looks as planned: traffic may flow. */
    public void hostReady(long nowNanos) {
        now = nowNanos;
        NetworkPlan ready = host.plan();
        if (state != State.CONFIGURING_HOST || ready == null) {
            return;
        }
        state = State.UP;
        wasUp = true;
        upNanos = now;
        deadlines.clear(UP);
        data.openToHost();
        report.up(ready, Duration.ofNanos(now - steps.started()));
    }

    /** The host refused to look as planned, or the tunnel interface is gone. */
    public void hostFailed(Failure why, long nowNanos) {
        now = nowNanos;
        if (!closing()) {
            failure = why;
            closeLink("the tunnel interface failed");
        }
    }

    /**
     * The answer to {@link SessionEdge#askSecret}; one that nobody waits for any more changes nothing.
     *
     * @param answer held until the session has ended; null where the user gave up
     */
    public void secretProvided(@Nullable Credentials answer, long nowNanos) {
        now = nowNanos;
        if (!closing() && secrets.isOpen()) {
            secrets.answer(answer, now);
            data.provide(answer, now);
        }
    }

    /** Ends the tunnel in an orderly way; {@link SessionEdge#ended} follows within 4 s. Idempotent. */
    public void disconnect(long nowNanos) {
        now = nowNanos;
        if (closing()) {
            return;
        }
        if (!wasUp) {
            failure = Failure.of(
                    FailureReason.INTERRUPTED, "Stopped before the tunnel was up, while " + steps.doing() + ".", "");
        }
        closeLink("the user ended the tunnel");
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long nowNanos) {
        now = nowNanos;
        control.onDeadline(now);
        if (state == State.ENDED) {
            return;
        }
        data.onDeadline(now);
        if (deadlines.expired(LINK_CLOSING, now) && state == State.CLOSING_LINK) {
            trace.note("no answer to our LCP Terminate-Request; clearing the call all the same");
            closeControl();
        }
        greWatch.onDeadline(now).ifPresent(this::fail);
        if (deadlines.expired(ANSWER, now)) {
            trace.note("nobody answered within " + config.answering().toSeconds() + " s");
            secretProvided(null, now);
        }
        if (deadlines.expired(UP, now)) {
            fail(Failure.of(
                    FailureReason.NOT_UP_IN_TIME,
                    "The tunnel was not up within " + client.timeout().toSeconds() + " s; it was still " + steps.doing()
                            + ".",
                    "Run again with -v to see each step, or allow more time with --timeout."));
        }
    }

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        if (state == State.ENDED || state == State.NEW) {
            return Long.MAX_VALUE;
        }
        return Deadlines.earlier(
                deadlines.earliest(), Deadlines.earlier(control.deadlineNanos(), data.deadlineNanos()));
    }

    private final class FromControl implements ControlOutput {
        @Override
        public void send(ByteBuf octets) {
            edge.sendControl(octets);
        }

        @Override
        public void event(ControlEvent event) {
            if (event instanceof ControlEvent.Accepted accepted) {
                serverAccepted(accepted);
            } else if (event instanceof ControlEvent.CallConnected call) {
                callConnected(call);
            } else if (event instanceof ControlEvent.Ended ended) {
                controlEnded(ended.failure());
            }
        }
    }

    private void serverAccepted(ControlEvent.Accepted accepted) {
        if (closing()) {
            return;
        }
        listener.event(new TunnelEvent.ServerAnswered(
                config.server(),
                client.port(),
                PeerText.escape(accepted.vendor()),
                PeerText.escape(accepted.hostName()),
                accepted.firmware(),
                steps.next("waiting for the server's answer to our call request", now)));
        int callId = CallIds.choose(random, edge::callIdIsFree);
        Failure why = edge.openGre(callId);
        if (why != null) {
            fail(why);
        } else {
            control.placeCall(callId, now);
        }
    }

    private void callConnected(ControlEvent.CallConnected call) {
        if (closing()) {
            return;
        }
        state = State.NEGOTIATING;
        listener.event(new TunnelEvent.CallEstablished(
                call.localCallId(),
                call.peerCallId(),
                call.bitsPerSecond(),
                steps.next("negotiating the link (LCP)", now)));
        greWatch.start(now);
        data.open(call.localCallId(), call.peerCallId(), now);
    }

    private void linkEvent(PppEvent event) {
        if (event instanceof PppEvent.Down down) {
            linkDown(down.failure());
        } else if (closing()) {
            trace.note("ignoring progress of the link: it is being closed");
        } else if (event instanceof PppEvent.LinkOpened opened) {
            host.receivesAtMost(opened.peerMru());
            report.opened(
                    opened, steps.next("authenticating with " + opened.auth().label(), now));
            control.linkEstablished(now);
        } else if (event instanceof PppEvent.SecretWanted wanted) {
            secrets.ask(wanted, now);
        } else if (event instanceof PppEvent.Authenticated identity) {
            secrets.end(now);
            report.authenticated(identity, secrets.changesPassword(), steps.next("negotiating encryption (CCP)", now));
        } else if (event instanceof PppEvent.EncryptionSettled encryption) {
            host.codes(encryption.send() != null);
            report.encryption(encryption, steps.next("negotiating addresses (IPCP)", now));
        } else if (event instanceof PppEvent.NetworkUp network) {
            networkUp(network);
        }
    }

    private void networkUp(PppEvent.NetworkUp network) {
        if (state == State.UP || state == State.CONFIGURING_HOST) {
            host.renegotiated(network).ifPresent(this::fail);
            return;
        }
        state = State.CONFIGURING_HOST;
        report.addresses(network, steps.next("configuring the tunnel interface", now));
        host.configure(network).ifPresent(this::fail);
    }

    private void linkDown(PppFailure why) {
        if (state == State.CLOSING_LINK) {
            closeControl();
        } else if (!closing()) {
            fail(LinkDiagnosis.of(why, client));
        }
    }

    private void controlEnded(ControlFailure why) {
        if (failure == null && why.cause() != ControlFailure.Cause.CLOSED && !closing()) {
            // A server hangs up when the link fails, often before the link's own end: the link knows why.
            PppFailure ending = data.ending();
            failure = ending != null
                    ? LinkDiagnosis.of(ending, client)
                    : ControlDiagnosis.of(why, server(), wasUp ? "" : " while " + steps.doing());
        }
        state = State.ENDED;
        deadlines.clearAll();
        edge.ended(new SessionEnd(
                failure, wasUp, data.octetsSent(), data.octetsReceived(), Duration.ofNanos(wasUp ? now - upNanos : 0)));
    }

    private void fail(Failure why) {
        if (!closing()) {
            failure = why;
            closeControl();
        }
    }

    private void closeLink(String reason) {
        if (!data.isOpen()) {
            closeControl();
            return;
        }
        state = State.CLOSING_LINK;
        deadlines.clearAll();
        deadlines.set(LINK_CLOSING, now + config.closing().toNanos());
        data.close(reason, now);
    }

    private void closeControl() {
        state = State.CLOSING_CONTROL;
        deadlines.clearAll();
        control.close(now);
    }

    private boolean closing() {
        return state.compareTo(State.CLOSING_LINK) >= 0;
    }

    private String server() {
        return PeerText.escape(client.server());
    }
}
