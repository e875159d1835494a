package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.ANSWER;
import static org.jpptp.client.session.Deadlines.Timer.DOUBT;
import static org.jpptp.client.session.Deadlines.Timer.LINK_CLOSING;
import static org.jpptp.client.session.Deadlines.Timer.UP;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.client.diagnosis.TunnelDiagnosis;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlOutput;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.IcmpError;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel of a client, from the first octet on TCP to the last: a pure machine that joins control connection, GRE
 * tunnel and PPP link. It tells its listener each phase, and its edge exactly once that it has ended.
 */
public final class Session {
    private static final int EPERM = 1;
    /** A server that is asked out of turn is given up within this time, or has answered. */
    private static final long DOUBT_NANOS = Duration.ofSeconds(12).toNanos();

    private enum State {
        NEW,
        CONNECTING,
        NEGOTIATING,
        UP,
        CLOSING_LINK,
        CLOSING_CONTROL,
        ENDED
    }

    private final SessionConfig config;
    private final ClientConfig client;
    private final SessionEdge edge;
    private final SessionTrace trace;
    private final LinkReport report;
    private final Steps steps;
    private final ControlConnection control;
    private final Deadlines deadlines = new Deadlines();
    private final GreWatch greWatch;
    private final SecretExchange secrets;
    private final HostSetup host;
    private final Verdicts verdicts;

    private final LinkProgress progress;
    private final CallSetup call;

    private State state = State.NEW;
    /** From the moment the call connects. */
    private @Nullable TunneledLink link;

    /**
     * @param random for call ids, challenges and magic numbers; a {@code SecureRandom} outside of tests
     */
    public Session(SessionConfig config, RandomGenerator random, SessionEdge edge, TunnelListener listener) {
        this.config = config;
        this.client = config.client();
        this.edge = edge;
        this.trace = new SessionTrace(listener);
        this.report = new LinkReport(listener);
        this.steps = new Steps(trace::note);
        this.secrets = new SecretExchange(client, edge, deadlines, steps);
        this.host = new HostSetup(config, edge, report, trace);
        this.control = new ControlConnection(config.control(), random, new ToServer(), trace);
        this.greWatch = new GreWatch(client.timing(), server(), config.server(), edge, deadlines);
        this.call = new CallSetup(config, random, edge, report, steps, deadlines, greWatch, trace);
        this.verdicts = new Verdicts(client, server(), control, call.early());
        this.progress = new LinkProgress(
                new OfLink(), trace, report, steps, greWatch, control, secrets, host, verdicts, server());
    }

    /**
     * TCP is connected: begins.
     *
     * @param startedNanos when the user began to wait, which counts for the time-out
     * @param establishing how long the network took for that
     */
    public void start(long startedNanos, Duration establishing, long now) {
        steps.start(startedNanos, establishing, now);
        state = State.CONNECTING;
        deadlines.set(UP, startedNanos + client.timing().comingUp().toNanos());
        control.open(now);
    }

    /** The same where the network took no time. */
    public void start(long startedNanos, long now) {
        start(startedNanos, Duration.ZERO, now);
    }

    /** Octets from the server's TCP connection. */
    public void controlReceived(ByteBuf octets, long now) {
        if (state != State.ENDED) {
            control.receive(octets, now);
        }
    }

    /** The server's TCP connection is gone. */
    public void controlClosed(TransportEnd how, long now) {
        if (state != State.ENDED) {
            control.transportClosed(how, now);
        }
    }

    /** What was said in this turn is on its way: only now the server's time begins. */
    public void wentOut(long now) {
        steps.wentOut(now);
    }

    /** Whether the user is waiting for the tunnel. */
    public boolean isComingUp() {
        return !verdicts.wasUp();
    }

    /** Nobody looked at the clock for so long, since the host slept or the process was stopped: the server may be gone. */
    public void slept(Duration time, long now) {
        doubt(time.toSeconds() + " s have passed unseen", now);
    }

    /**
     * The server may be gone, or not be reached any more: it is asked at once, and given up within about ten seconds. Does
     * nothing while that goes on: what comes in bursts would put the end off again and again.
     *
     * @param why a clause
     */
    public void doubt(String why, long now) {
        if (link != null && !closing() && !deadlines.isSet(DOUBT)) {
            deadlines.set(DOUBT, now + DOUBT_NANOS);
            trace.note(why + "; asking the server whether it is still there");
            link.hurry(now);
            control.hurry(now);
        }
    }

    /** The host did not let a GRE packet of ours out. */
    public void greRefused(int errno, long now) {
        if (errno == EPERM && isComingUp() && !closing()) {
            fail(GreDiagnosis.sendForbidden(server()), now);
        }
    }

    /** An ICMP error about a GRE packet of ours. */
    public void greUnreachable(IcmpError error, long now) {
        trace.note("ICMP type " + error.type() + " code " + error.code() + " about our GRE packets from "
                + error.offender().getHostAddress());
        greWatch.icmp(error, now);
        if (state == State.UP && error.isUnreachable()) {
            doubt("ICMP says that the server is not reached", now);
        }
    }

    /** The host looks as planned: traffic may flow, or goes on. */
    public void hostReady(long now) {
        if (closing()) {
            return;
        }
        boolean isFirst = host.hostIsReady();
        NetworkPlan plan = host.plan();
        if (plan != null && link != null) {
            link.mss().limit(config.client().network().mss().within(host.fitsBothWays(plan)));
        }
        if (!isFirst) {
            return;
        }
        state = State.UP;
        verdicts.up(now);
        deadlines.clear(UP);
        Objects.requireNonNull(link, "addresses are agreed on over a link").carry();
        report.up(Objects.requireNonNull(host.plan(), "it is ready"), Duration.ofNanos(now - steps.started()));
    }

    /** The host refused to look as planned, or the tunnel interface is gone. */
    public void hostFailed(Failure why, long now) {
        if (!closing()) {
            verdicts.ends(why, link, now);
            closeLink("the tunnel interface failed", now);
        }
    }

    /**
     * The answer to {@link SessionEdge#askSecret}; one that nobody waits for any more changes nothing.
     *
     * @param answer held until the session has ended; null where the user gave up
     */
    public void secretProvided(@Nullable Credentials answer, long now) {
        if (!closing() && secrets.isOpen() && link != null) {
            secrets.answer(answer, now);
            link.provide(answer, now);
        }
    }

    /** Ends the tunnel in an orderly way; {@link SessionEdge#ended} follows within 4 s. Idempotent. */
    public void disconnect(long now) {
        if (closing()) {
            return;
        }
        Failure stopped = isComingUp() ? TunnelDiagnosis.interrupted(steps.doing()) : null;
        if (secrets.isOpen()) {
            verdicts.endsOnlyFor(stopped);
        } else {
            verdicts.ends(stopped, link, now);
        }
        closeLink("the user ended the tunnel", now);
    }

    /** Tells the listener how the tunnel is doing, as long as it is not ending. */
    public void tellStatistics(long now) {
        if (!closing()) {
            report.statistics(
                    isComingUp() ? steps.doing() : null,
                    isComingUp() ? Duration.ofNanos(now - steps.started()) : verdicts.upFor(now),
                    traffic());
        }
    }

    /** How it is doing, whatever state it is in. */
    public SessionStatus status() {
        return new SessionStatus(state == State.UP ? null : steps.doing(), report.weaknesses(), traffic());
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long now) {
        control.onDeadline(now);
        if (state == State.ENDED) {
            return;
        }
        if (link != null) {
            link.onDeadline(now);
        }
        if (deadlines.expired(LINK_CLOSING, now) && state == State.CLOSING_LINK) {
            trace.note("no answer to our LCP Terminate-Request; clearing the call all the same");
            closeControl(now);
        }
        if (link != null) {
            greWatch.onDeadline(link, now).ifPresent(why -> fail(why, now));
        }
        if (deadlines.expired(ANSWER, now)) {
            trace.note("nobody answered within " + client.timing().answering().toSeconds() + " s");
            secretProvided(null, now);
        }
        if (deadlines.expired(DOUBT, now)) {
            trace.note("the server counts as there");
        }
        call.onDeadline(now);
        if (deadlines.expired(UP, now)) {
            fail(TunnelDiagnosis.notUpInTime(client.timing().comingUp(), steps.doing()), now);
        }
    }

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        if (state == State.ENDED || state == State.NEW) {
            return Long.MAX_VALUE;
        }
        long own = Deadlines.earlier(deadlines.earliest(), control.deadlineNanos());
        return link == null ? own : Deadlines.earlier(own, link.deadlineNanos());
    }

    private final class ToServer implements ControlOutput {
        @Override
        public void send(ByteBuf octets) {
            edge.sendControl(octets);
        }

        @Override
        public void event(ControlEvent event, long now) {
            event.match(new FromControl(now));
        }
    }

    /** The control connection's events of one time. */
    private final class FromControl implements ControlEvent.Cases {
        private final long now;

        FromControl(long now) {
            this.now = now;
        }

        @Override
        public void accepted(ControlEvent.Accepted event) {
            if (closing()) {
                return;
            }
            call.ask(event, control, now).ifPresent(why -> fail(why, now));
        }

        @Override
        public void callConnected(ControlEvent.CallConnected event) {
            if (closing()) {
                return;
            }
            state = State.NEGOTIATING;
            verdicts.callConnected(now);
            TunneledLink connected = call.connected(event, progress::event, now);
            link = connected;
            edge.callConnected(connected);
            connected.open(now);
            call.early().handTo(connected, now);
        }

        @Override
        public void callEnded(ControlEvent.CallEnded event) {
            // Only a server tells it: to a client the end of its only call is the end of the connection.
        }

        @Override
        public void ended(ControlEvent.Ended event) {
            if (!closing()) {
                verdicts.broke(event.failure(), link, steps.doing(), now);
            }
            leave(State.ENDED);
            edge.ended(verdicts.end(event.failure(), traffic(), now));
        }
    }

    private void fail(Failure why, long now) {
        if (!closing()) {
            verdicts.ends(why, link, now);
            closeControl(now);
        }
    }

    private void closeLink(String reason, long now) {
        if (link == null) {
            closeControl(now);
            return;
        }
        leave(State.CLOSING_LINK);
        deadlines.set(LINK_CLOSING, now + client.timing().closingLink().toNanos());
        link.close(reason, now);
    }

    private void closeControl(long now) {
        leave(State.CLOSING_CONTROL);
        control.close(now);
    }

    /** It is not up any more, and nothing is waited for. */
    private void leave(State next) {
        state = next;
        deadlines.clearAll();
        greWatch.stop();
        if (link != null) {
            link.carryNoMore();
        }
    }

    private boolean closing() {
        return state.compareTo(State.CLOSING_LINK) >= 0;
    }

    private Traffic traffic() {
        return link == null ? Traffic.NONE : TrafficCount.of(link.greStats(), link.pppStats(), link.mss());
    }

    /** What the link's progress means to the session. */
    private final class OfLink implements LinkProgress.Course {
        @Override
        public boolean isClosing() {
            return closing();
        }

        @Override
        public void fail(Failure why, long now) {
            Session.this.fail(why, now);
        }

        @Override
        public void down(PppFailure why, long now) {
            if (state == State.CLOSING_LINK) {
                closeControl(now);
            } else if (!closing()) {
                Session.this.fail(verdicts.ofLink(why, now), now);
            }
        }
    }

    private String server() {
        return PeerText.escape(client.server().host());
    }
}
