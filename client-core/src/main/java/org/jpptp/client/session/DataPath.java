package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.Trust;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.link.PppLink;
import org.jspecify.annotations.Nullable;

/** The way of a datagram: host ↔ PPP link ↔ GRE tunnel ↔ network. Allocates nothing per packet. */
final class DataPath {
    /** Frames that come before the call's reply is processed; two would do. */
    private static final int MAX_EARLY = 8;

    private final SessionConfig config;
    private final RandomGenerator random;
    private final SessionEdge edge;
    private final SessionTrace trace;
    private final Consumer<PppEvent> events;
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private @Nullable GreTunnel gre;
    private @Nullable PppLink link;
    private GreStats greStats = new GreStats();
    private boolean openToHost;
    private long now;

    DataPath(
            SessionConfig config,
            RandomGenerator random,
            SessionEdge edge,
            SessionTrace trace,
            Consumer<PppEvent> events) {
        this.config = config;
        this.random = random;
        this.edge = edge;
        this.trace = trace;
        this.events = events;
    }

    /** The call is up: begins the link, and takes up what came early. */
    void open(int localCallId, int peerCallId, long nowNanos) {
        now = nowNanos;
        GreTunnel tunnel =
                new GreTunnel(GreConfig.standard(config.server(), localCallId, peerCallId), new FromTunnel());
        gre = tunnel;
        greStats = tunnel.stats();
        PppLink opened = new PppLink(pppConfig(), random, new FromLink(), trace);
        link = opened;
        opened.open(now);
        for (ByteBuf datagram = early.poll(); datagram != null; datagram = early.poll()) {
            tunnel.receive(datagram, now);
            datagram.release();
        }
    }

    boolean isOpen() {
        return link != null;
    }

    /** Why the link ends, as soon as it is certain; null before. */
    @Nullable
    PppFailure ending() {
        return link == null ? null : link.ending();
    }

    /** From now on the host gets what the peer sends. */
    void openToHost() {
        openToHost = true;
    }

    void close(String reason, long nowNanos) {
        now = nowNanos;
        if (link != null) {
            link.close(reason, now);
        }
    }

    void fromNetwork(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (gre != null) {
            gre.receive(datagram, now);
        } else if (early.size() < MAX_EARLY) {
            early.add(Unpooled.copiedBuffer(datagram));
        }
    }

    void batchEnd(long nowNanos) {
        now = nowNanos;
        if (gre != null) {
            gre.batchEnd(now);
        }
    }

    void fromHost(ByteBuf datagram, long nowNanos) {
        now = nowNanos;
        if (link != null) {
            link.send(datagram, now);
        }
    }

    void provide(@Nullable Credentials answer, long nowNanos) {
        now = nowNanos;
        if (link != null) {
            link.provide(answer, now);
        }
    }

    void onDeadline(long nowNanos) {
        now = nowNanos;
        if (gre != null) {
            gre.onDeadline(now);
        }
        if (link != null) {
            link.onDeadline(now);
        }
    }

    long deadlineNanos() {
        return Deadlines.earlier(
                gre == null ? Long.MAX_VALUE : gre.deadlineNanos(),
                link == null ? Long.MAX_VALUE : link.deadlineNanos());
    }

    /** Whether the peer has not sent one usable GRE packet, acknowledgements included. */
    boolean silent() {
        return greStats.delivered == 0 && greStats.acknowledgementsReceived == 0;
    }

    GreStats greStats() {
        return greStats;
    }

    long octetsSent() {
        return link == null ? 0 : link.stats().octetsSent;
    }

    long octetsReceived() {
        return link == null ? 0 : link.stats().octetsReceived;
    }

    private PppConfig pppConfig() {
        ClientConfig client = config.client();
        Inet4Address any = any();
        return new PppConfig(
                client.mtu(),
                "",
                new AuthRole.Authenticatee(client.credentials(), client.auth(), config.interactive()),
                client.mppe(),
                new IpcpSettings(any, any, true, List.of(), List.of()),
                client.ipv6(),
                config.timing());
    }

    private static Inet4Address any() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private final class FromTunnel implements GreOutput {
        @Override
        public void transmit(ByteBuf packet) {
            edge.sendGre(packet);
        }

        @Override
        public Trust deliver(ByteBuf frame, int missing) {
            if (link == null) {
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
        @Override
        public void sendFrame(ByteBuf frame) {
            if (gre != null) {
                gre.send(frame, now);
            }
        }

        @Override
        public void deliver(ByteBuf datagram) {
            if (openToHost) {
                edge.writeTun(datagram);
            }
        }

        @Override
        public void event(PppEvent event) {
            events.accept(event);
        }
    }
}
