package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.GRE_SILENCE;
import static org.jpptp.client.session.Deadlines.Timer.GRE_UNREACHABLE;
import static org.jpptp.client.session.Deadlines.Timer.LINK_CLOSING;
import static org.jpptp.client.session.Deadlines.Timer.UP;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
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
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.ControlOutput;
import org.jpptp.gre.IcmpError;
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
    private final ClientConfig client;
    private final SessionEdge edge;
    private final TunnelListener listener;
    private final SessionTrace trace;
    private final ControlConnection control;
    private final DataPath data;
    private final Deadlines deadlines = new Deadlines();

    private State state = State.NEW;
    private String doing = "waiting for the server's answer to our start request";
    private long now;
    private long startedNanos;
    private long stepNanos;
    private long upNanos;
    private boolean wasUp;
    private int peerMru;
    private boolean encrypted;
    private PppEvent.@Nullable NetworkUp agreed;
    private @Nullable NetworkPlan plan;
    private @Nullable Failure failure;
    private @Nullable IcmpError icmp;

    /**
     * @param random for call ids, challenges and magic numbers; a {@code SecureRandom} outside of tests
     */
    public Session(SessionConfig config, RandomGenerator random, SessionEdge edge, TunnelListener listener) {
        this.config = config;
        this.client = config.client();
        this.edge = edge;
        this.listener = listener;
        this.trace = new SessionTrace(listener);
        this.control = new ControlConnection(config.control(), random, new FromControl(), trace);
        this.data = new DataPath(config, random, edge, trace, this::linkEvent, this::greRefused);
    }

    /**
     * TCP is connected: begins.
     *
     * @param startedNanos when the user began to wait, which counts for the time-out
     */
    public void start(long startedNanos, long nowNanos) {
        now = nowNanos;
        this.startedNanos = startedNanos;
        stepNanos = startedNanos;
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
        data.fromNetwork(datagram, now);
    }

    /** The raw socket is read empty for now. */
    public void greBatchEnd(long nowNanos) {
        now = nowNanos;
        data.batchEnd(now);
    }

    /** An ICMP error about a GRE packet of ours. */
    public void greUnreachable(IcmpError error, long nowNanos) {
        now = nowNanos;
        icmp = error;
        trace.note("ICMP type " + error.type() + " code " + error.code() + " about our GRE packets from "
                + error.offender().getHostAddress());
        if (error.isProtocolUnreachable() && deadlines.isSet(GRE_SILENCE) && !deadlines.isSet(GRE_UNREACHABLE)) {
            deadlines.set(GRE_UNREACHABLE, now + config.unreachableGrace().toNanos());
        }
    }

    /**
     * A datagram from the tunnel interface, with {@link org.jpptp.ppp.PppLink#DATAGRAM_HEADROOM} octets free before
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
        NetworkPlan ready = plan;
        if (state != State.CONFIGURING_HOST || ready == null) {
            return;
        }
        state = State.UP;
        wasUp = true;
        upNanos = now;
        deadlines.clear(UP);
        data.openToHost();
        listener.event(new TunnelEvent.TunnelUp(
                ready.interfaceName(),
                ready.namespace(),
                ready.mtu(),
                ready.routes(),
                Duration.ofNanos(now - startedNanos)));
    }

    /** The host refused to look as planned, or the tunnel interface is gone. */
    public void hostFailed(Failure why, long nowNanos) {
        now = nowNanos;
        if (!closing()) {
            failure = why;
            closeLink("the tunnel interface failed");
        }
    }

    /** Ends the tunnel in an orderly way; {@link SessionEdge#ended} follows within 4 s. Idempotent. */
    public void disconnect(long nowNanos) {
        now = nowNanos;
        if (closing()) {
            return;
        }
        if (!wasUp) {
            failure =
                    Failure.of(FailureReason.INTERRUPTED, "Stopped before the tunnel was up, while " + doing + ".", "");
        }
        closeLink("the user ended the tunnel");
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long nowNanos) {
        now = nowNanos;
        control.onDeadline(now);
        data.onDeadline(now);
        if (state == State.ENDED) {
            return;
        }
        if (deadlines.expired(LINK_CLOSING, now) && state == State.CLOSING_LINK) {
            trace.note("no answer to our LCP Terminate-Request; clearing the call all the same");
            closeControl();
        }
        if (deadlines.expired(GRE_UNREACHABLE, now) && data.silent() && icmp != null) {
            fail(GreDiagnosis.unreachable(icmp, data.greStats(), server()));
        }
        if (deadlines.expired(GRE_SILENCE, now) && data.silent()) {
            fail(GreDiagnosis.blocked(
                    data.greStats(), server(), config.greSilence().toSeconds(), icmp));
        }
        if (deadlines.expired(UP, now)) {
            fail(Failure.of(
                    FailureReason.NOT_UP_IN_TIME,
                    "The tunnel was not up within " + client.timeout().toSeconds() + " s; it was still " + doing + ".",
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
                step("waiting for the server's answer to our call request")));
        Failure why = edge.openGre();
        if (why != null) {
            fail(why);
        } else {
            control.placeCall(now);
        }
    }

    private void callConnected(ControlEvent.CallConnected call) {
        if (closing()) {
            return;
        }
        state = State.NEGOTIATING;
        listener.event(new TunnelEvent.CallEstablished(
                call.localCallId(), call.peerCallId(), call.bitsPerSecond(), step("negotiating the link (LCP)")));
        deadlines.set(GRE_SILENCE, now + config.greSilence().toNanos());
        data.open(call.localCallId(), call.peerCallId(), now);
    }

    private void linkEvent(PppEvent event) {
        if (event instanceof PppEvent.Down down) {
            linkDown(down.failure());
        } else if (closing()) {
            trace.note("ignoring progress of the link: it is being closed");
        } else if (event instanceof PppEvent.LinkOpened opened) {
            peerMru = opened.peerMru();
            listener.event(new TunnelEvent.LinkOpened(
                    opened.mru(),
                    opened.peerMru(),
                    opened.magic(),
                    opened.pfc(),
                    opened.acfc(),
                    step("authenticating with " + opened.auth().label())));
            control.linkEstablished(now);
        } else if (event instanceof PppEvent.Authenticated identity) {
            listener.event(new TunnelEvent.IdentityProven(
                    identity.method().label(),
                    identity.name(),
                    identity.mutual(),
                    PeerText.escape(identity.message()),
                    step("negotiating encryption (CCP)")));
        } else if (event instanceof PppEvent.EncryptionSettled encryption) {
            encrypted = encryption.send() != null;
            listener.event(new TunnelEvent.EncryptionSettled(
                    text(encryption.send()), text(encryption.receive()), step("negotiating addresses (IPCP)")));
        } else if (event instanceof PppEvent.NetworkUp network) {
            networkUp(network);
        }
    }

    private void networkUp(PppEvent.NetworkUp network) {
        if (state == State.UP || state == State.CONFIGURING_HOST) {
            if (!network.equals(agreed)) {
                fail(Failure.of(
                        FailureReason.ADDRESSES_REFUSED,
                        "The server changed the addresses of a tunnel that was up, from "
                                + (agreed == null ? "?" : agreed.local().getHostAddress()) + " to "
                                + network.local().getHostAddress() + ".",
                        "Connect again."));
            }
            return;
        }
        agreed = network;
        state = State.CONFIGURING_HOST;
        listener.event(new TunnelEvent.AddressesAgreed(
                network.local(),
                network.remote(),
                network.dns(),
                network.wins(),
                step("configuring the tunnel interface")));
        NetworkAgreement agreement = NetworkAgreement.of(
                client,
                config.server(),
                edge.interfaceName(),
                network,
                peerMru,
                encrypted,
                client.namespace() == null ? edge.attachedNetworks() : List.of());
        if (agreement instanceof NetworkAgreement.Refused refused) {
            fail(refused.failure());
        } else if (agreement instanceof NetworkAgreement.Usable usable) {
            usable.warnings().forEach(warning -> listener.event(new TunnelEvent.Warning(warning)));
            plan = usable.plan();
            if (usable.plan().mtu() < client.mtu()) {
                trace.note("MTU " + usable.plan().mtu() + " instead of " + client.mtu()
                        + ": the server receives at most " + peerMru + " octets, encryption included");
            }
            edge.configureHost(usable.plan());
        }
    }

    private void linkDown(PppFailure why) {
        if (state == State.CLOSING_LINK) {
            closeControl();
        } else if (!closing()) {
            fail(LinkDiagnosis.of(why, server(), client.credentials().name()));
        }
    }

    private void greRefused(int errno) {
        if (errno == EPERM && !wasUp && !closing()) {
            fail(GreDiagnosis.sendForbidden(server()));
        }
    }

    private void controlEnded(ControlFailure why) {
        if (failure == null && why.cause() != ControlFailure.Cause.CLOSED && !closing()) {
            failure = ControlDiagnosis.of(why, server(), wasUp ? "" : " while " + doing);
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

    private Duration step(String next) {
        Duration took = Duration.ofNanos(now - stepNanos);
        stepNanos = now;
        doing = next;
        trace.note(doing);
        return took;
    }

    private String server() {
        return PeerText.escape(client.server());
    }

    private static @Nullable String text(PppEvent.@Nullable Coding coding) {
        return coding == null ? null : coding.label();
    }
}
