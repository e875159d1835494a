package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlOutput;
import org.jpptp.control.ControlServer;
import org.jpptp.control.ControlTrace;
import org.jpptp.gre.GreConfig;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTrace;
import org.jspecify.annotations.Nullable;

/** One client of the embedded server: control connection, GRE tunnel and PPP link as one pure machine. */
public final class ServerSession {
    /** Where Reserved0 is in every control message (RFC 2637 §2). */
    private static final int RESERVED0_AT = 10;
    /** Result "lost carrier" of Call-Disconnect-Notify. */
    private static final int LOST_CARRIER = 1;
    /** How long a daemon takes to find out that it does not understand its options. */
    private static final Duration DYING = Duration.ofMillis(300);

    private final ServerConfig config;
    private final Inet4Address assigned;
    private final RandomGenerator random;
    private final ServerEdge edge;
    private final PppTrace pppTrace;
    private final ControlServer control;
    private @Nullable Call call;
    /** The link of a call whose reply is not out yet. */
    private @Nullable TunneledLink unopened;
    /** When to let the daemon for PPP die. */
    private long diesAt = Deadlines.NEVER;

    /** Whether the daemon for PPP has just been started, and will die. */
    private boolean dying;

    private boolean ended;

    /** What there is while a call is connected. */
    private record Call(TunneledLink link, SendWindow window) {
        void onDeadline(long now) {
            window.onDeadline(link.gre(), now);
            link.onDeadline(now);
        }

        long deadlineNanos() {
            return Deadlines.earlier(window.deadlineNanos(), link.deadlineNanos());
        }
    }

    /**
     * Begins to wait for the client's start request.
     *
     * @param assigned the client's inner address
     */
    public ServerSession(
            ServerConfig config,
            Inet4Address assigned,
            RandomGenerator random,
            ServerEdge edge,
            ControlTrace controlTrace,
            PppTrace pppTrace) {
        this.config = config;
        this.assigned = assigned;
        this.random = random;
        this.edge = edge;
        this.pppTrace = pppTrace;
        this.control = new ControlServer(
                config.personality().control().config(),
                config.personality().control().traits(),
                random,
                edge::callIdIsFree,
                new FromControl(),
                controlTrace);
    }

    /** Octets from the client's TCP connection. */
    public void controlReceived(ByteBuf octets, long now) {
        if (!ended) {
            control.receive(octets, now);
            openLink(now);
        }
    }

    /** The link begins once the client has the reply to its call. */
    private void openLink(long now) {
        if (dying) {
            dying = false;
            diesAt = Deadlines.after(DYING, now);
        }
        TunneledLink opening = unopened;
        unopened = null;
        if (opening != null && call != null) {
            opening.open(now);
        }
    }

    /** The client's TCP connection is gone. */
    public void controlClosed(long now) {
        if (!ended) {
            control.transportClosed(now);
        }
    }

    /** Terminates the link, as an administrator would: LCP first, and when that is done the call. */
    public void terminateLink(String reason, long now) {
        if (call != null) {
            call.link.close(reason, now);
        }
    }

    /** Ends the call and the control connection. */
    public void close(long now) {
        if (!ended) {
            control.close(now);
        }
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long now) {
        control.onDeadline(now);
        if (Deadlines.passed(diesAt, now)) {
            diesAt = Deadlines.NEVER;
            control.disconnectCall(LOST_CARRIER, now);
        }
        if (call != null) {
            call.onDeadline(now);
        }
    }

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        if (ended) {
            return Deadlines.NEVER;
        }
        long own = Deadlines.earlier(control.deadlineNanos(), diesAt);
        return call == null ? own : Deadlines.earlier(own, call.deadlineNanos());
    }

    private void callConnected(ControlEvent.CallConnected connected) {
        if (config.personality().link().mishap() == Personality.Mishap.PPP_DIES) {
            dying = true;
            return;
        }
        SendWindow window = new SendWindow(
                config.personality().gre().sendWindow(), config.faults().filter());
        TunneledLink link = new TunneledLink(
                GreConfig.standard(connected.localCallId(), connected.peerCallId())
                        .with(config.personality().gre().numbering()),
                config.link(assigned),
                random,
                edge.openGre(connected.localCallId()),
                window,
                this::linkEvent,
                pppTrace);
        call = new Call(link, window);
        link.carry();
        edge.callConnected(link);
        unopened = link;
    }

    private void callEnded() {
        if (call != null) {
            call = null;
            edge.callEnded();
        }
    }

    private void linkEvent(PppEvent event, long now) {
        edge.event(event);
        event.match(new FromLink(now));
    }

    private final class FromControl implements ControlOutput, ControlEvent.Cases {
        @Override
        public void send(ByteBuf octets) {
            octets.setShort(
                    octets.readerIndex() + RESERVED0_AT,
                    config.personality().control().reserved());
            edge.sendControl(octets);
        }

        @Override
        public void event(ControlEvent event, long now) {
            event.match(this);
        }

        @Override
        public void accepted(ControlEvent.Accepted event) {
            // Nothing is set up before the client asks for a call.
        }

        @Override
        public void callConnected(ControlEvent.CallConnected event) {
            ServerSession.this.callConnected(event);
        }

        @Override
        public void callEnded(ControlEvent.CallEnded event) {
            ServerSession.this.callEnded();
        }

        @Override
        public void ended(ControlEvent.Ended event) {
            ServerSession.this.callEnded();
            ended = true;
            edge.ended(event.failure().toString());
        }
    }

    /** The link's events of one time. */
    private final class FromLink implements PppEvent.Cases {
        private final long now;

        FromLink(long now) {
            this.now = now;
        }

        @Override
        public void linkOpened(PppEvent.LinkOpened event) {
            // The edge fits the way inside.
        }

        @Override
        public void authenticated(PppEvent.Authenticated event) {
            // Any client of the accounts gets the one network that there is.
        }

        @Override
        public void encryptionSettled(PppEvent.EncryptionSettled event) {
            // The link codes by itself.
            if (config.personality().link().mishap() == Personality.Mishap.POOL_EMPTY) {
                terminateLink("", now);
            }
        }

        @Override
        public void networkUp(PppEvent.NetworkUp event) {
            // The way inside is open since before the call.
        }

        @Override
        public void secretWanted(PppEvent.SecretWanted event) {
            // A server asks nobody.
        }

        @Override
        public void foreignPackets(PppEvent.ForeignPackets event) {
            // Only a client doubts what ends its link.
        }

        @Override
        public void echoMissed(PppEvent.EchoMissed event) {
            // The link decides by itself when a client is gone.
        }

        @Override
        public void down(PppEvent.Down event) {
            control.close(now);
        }
    }
}
