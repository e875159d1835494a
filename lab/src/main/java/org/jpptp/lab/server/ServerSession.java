package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.util.random.RandomGenerator;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlOutput;
import org.jpptp.control.ControlServer;
import org.jpptp.control.ControlTrace;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.Trust;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.link.PppLink;
import org.jspecify.annotations.Nullable;

/** One client of the embedded server: control connection, GRE tunnel and PPP link as one pure machine. */
public final class ServerSession {
    /** Where Reserved0 is in every control message (RFC 2637 §2). */
    private static final int RESERVED0_AT = 10;

    private final ServerConfig config;
    private final Inet4Address client;
    private final Inet4Address assigned;
    private final RandomGenerator random;
    private final ServerEdge edge;
    private final PppTrace pppTrace;
    private final ControlServer control;
    private @Nullable GreTunnel gre;
    private @Nullable SendWindow window;
    private @Nullable PppLink link;
    private boolean ended;
    private long now;

    /**
     * Begins to wait for the client's start request.
     *
     * @param client the client's outer address
     * @param assigned its inner one
     */
    public ServerSession(
            ServerConfig config,
            Inet4Address client,
            Inet4Address assigned,
            RandomGenerator random,
            ServerEdge edge,
            ControlTrace controlTrace,
            PppTrace pppTrace) {
        this.config = config;
        this.client = client;
        this.assigned = assigned;
        this.random = random;
        this.edge = edge;
        this.pppTrace = pppTrace;
        this.control = new ControlServer(
                config.personality().control(),
                config.personality().traits(),
                random,
                edge::callIdIsFree,
                new FromControl(),
                controlTrace);
    }

    /** Octets from the client's TCP connection. */
    public void controlReceived(ByteBuf octets, long nowNanos) {
        now = nowNanos;
        if (!ended) {
            control.receive(octets, now);
        }
    }

    /** The client's TCP connection is gone. */
    public void controlClosed(long nowNanos) {
        now = nowNanos;
        if (!ended) {
            control.transportClosed(now);
        }
    }

    /** A datagram of the raw socket, from its IPv4 header on. */
    public void greReceived(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (gre != null && window != null) {
            gre.receive(datagram, now);
            window.received(now);
        }
    }

    /** The raw socket is read empty for now. */
    public void greBatchEnd(long nowNanos) {
        now = nowNanos;
        if (gre != null) {
            gre.batchEnd(now);
        }
    }

    /** A datagram for the client, with head-room before it; overwritten. */
    public void tunReceived(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (link != null) {
            link.send(datagram, now);
        }
    }

    /** Terminates the link, as an administrator would: LCP first, and when that is done the call. */
    public void terminateLink(String reason, long nowNanos) {
        now = nowNanos;
        if (link != null) {
            link.close(reason, now);
        }
    }

    /** Ends the call and the control connection. */
    public void close(long nowNanos) {
        now = nowNanos;
        if (!ended) {
            control.close(now);
        }
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long nowNanos) {
        now = nowNanos;
        control.onDeadline(now);
        if (window != null) {
            window.onDeadline(now);
        }
        if (gre != null) {
            gre.onDeadline(now);
        }
        if (link != null) {
            link.onDeadline(now);
        }
    }

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        if (ended) {
            return Long.MAX_VALUE;
        }
        long deadline = control.deadlineNanos();
        if (window != null) {
            deadline = earlier(deadline, window.deadlineNanos());
        }
        if (gre != null) {
            deadline = earlier(deadline, gre.deadlineNanos());
        }
        return link == null ? deadline : earlier(deadline, link.deadlineNanos());
    }

    private static long earlier(long a, long b) {
        if (a == Long.MAX_VALUE) {
            return b;
        }
        return b == Long.MAX_VALUE || a - b < 0 ? a : b;
    }

    private void callConnected(ControlEvent.CallConnected call) {
        edge.openGre(call.localCallId());
        GreTunnel tunnel =
                new GreTunnel(GreConfig.standard(client, call.localCallId(), call.peerCallId()), new FromTunnel());
        gre = tunnel;
        SendWindow ahead = new SendWindow(config.personality().sendWindow(), tunnel);
        window = ahead;
        PppLink opened = new PppLink(config.link(assigned), random, new FromLink(ahead), pppTrace);
        link = opened;
        opened.open(now);
    }

    private void callEnded() {
        gre = null;
        window = null;
        link = null;
    }

    private final class FromControl implements ControlOutput {
        @Override
        public void send(ByteBuf octets) {
            octets.setShort(
                    octets.readerIndex() + RESERVED0_AT, config.personality().reserved());
            edge.sendControl(octets);
        }

        @Override
        public void event(ControlEvent event) {
            if (event instanceof ControlEvent.CallConnected call) {
                callConnected(call);
            } else if (event instanceof ControlEvent.CallEnded) {
                callEnded();
            } else if (event instanceof ControlEvent.Ended end) {
                callEnded();
                ended = true;
                edge.ended(end.failure().evidence());
            }
        }
    }

    private final class FromTunnel implements GreOutput {
        @Override
        public void transmit(ByteBuf packet) {
            edge.sendGre(packet);
        }

        @Override
        public Trust deliver(ByteBuf frame, int missing) {
            if (link == null || !config.filter().pass(false, frame)) {
                return Trust.UNPROVEN;
            }
            return switch (link.receive(frame, missing, now)) {
                case REFUSED -> Trust.REFUSED;
                case UNPROVEN -> Trust.UNPROVEN;
                case PROVEN -> Trust.PROVEN;
            };
        }

        @Override
        public boolean plausible(ByteBuf frame) {
            return link == null || link.plausible(frame);
        }
    }

    private final class FromLink implements PppOutput {
        private final SendWindow ahead;

        FromLink(SendWindow ahead) {
            this.ahead = ahead;
        }

        @Override
        public void sendFrame(ByteBuf frame) {
            if (config.filter().pass(true, frame)) {
                ahead.send(frame, now);
            }
        }

        @Override
        public void deliver(ByteBuf datagram) {
            edge.writeTun(datagram);
        }

        @Override
        public void event(PppEvent event) {
            edge.event(event);
            if (event instanceof PppEvent.Down) {
                control.close(now);
            }
        }
    }
}
