package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jpptp.client.tun.DatagramSink;
import org.jpptp.client.tun.IcmpRedirect;
import org.jpptp.client.tun.MssClamp;
import org.jpptp.gre.Dropped;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.PacketSink;
import org.jpptp.gre.Trust;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.FrameTrust;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.link.PppLink;
import org.jspecify.annotations.Nullable;

/**
 * PPP over one GRE call, of a client or a server: the middle of a datagram's way. It exists from the moment the call
 * connects, and its driver hands it packets and datagrams without asking anybody else. Allocates nothing per packet.
 *
 * <p>The way of a datagram, class by class; docs/architecture.md has it with what each of them asks for.
 *
 * <pre>
 * host → network                            network → host
 * LinuxTun.readable     up to 64 KiB        RawGreSocket.deliver          of a batch, by call id
 * Segmenter.cut         into datagrams      TunnelDriver.received         with the time
 * TunnelDriver.received with the time       TunneledLink.receive
 * TunneledLink.send     while it carries    GreTunnel.receive             in order, once
 * PppLink.send                              TunneledLink.deliver          payload to frame
 * DatagramPath.send     encrypted in place  PppLink.receive               data first
 * TunneledLink.sendFrame                    DatagramPath.receiveCoded     decrypted in place
 * GreTunnel.send        header in front     TunneledLink.deliverDatagram  while it carries
 * TunneledLink.transmit                     LinuxTun.send
 * GreCall.send          into the batch      Coalescer.send                joined in their flow
 * SendBatch.transmit    to the kernel       LinuxTun.write                to the kernel
 * </pre>
 */
public final class TunneledLink implements GreReceiver {
    /** Who hears of the link's progress. */
    @FunctionalInterface
    public interface Listener {
        void event(PppEvent event, long now);
    }

    /**
     * The two ends of the way.
     *
     * @param network takes GRE packets for the peer
     * @param host takes the peer's datagrams
     */
    public record Ends(PacketSink network, DatagramSink host) {}

    private final GreTunnel gre;
    private final PppLink ppp;
    private final PacketSink network;
    private final DatagramSink host;
    private final FrameGate gate;
    private final Listener listener;
    private final MssClamp mss = new MssClamp();
    private final DropTrace drops;
    private boolean carries;

    /**
     * @param gate what every frame passes
     * @param random for challenges and magic numbers
     */
    public TunneledLink(
            GreConfig call,
            PppConfig link,
            RandomGenerator random,
            Ends ends,
            FrameGate gate,
            Listener listener,
            PppTrace trace) {
        this.network = ends.network();
        this.host = ends.host();
        this.gate = gate;
        this.listener = listener;
        this.drops = new DropTrace(trace);
        this.gre = new GreTunnel(call, new FromTunnel());
        this.ppp = new PppLink(link, random, new FromLink(), trace);
    }

    // ---- from the host

    /**
     * A datagram for the peer, with {@link PppLink#DATAGRAM_HEADROOM} octets free before it; overwritten. Dropped where
     * nothing is carried.
     */
    public void send(ByteBuf datagram, long now) {
        if (carries) {
            mss.clamp(datagram);
            ppp.send(datagram, now);
        }
    }

    private final class FromLink implements PppOutput {
        @Override
        public void sendFrame(ByteBuf frame, long now) {
            if (gate.outward(frame, gre, now)) {
                gre.send(frame, now);
            }
        }

        @Override
        public void deliverDatagram(ByteBuf datagram) {
            if (carries && !IcmpRedirect.is(datagram)) {
                mss.clamp(datagram);
                host.send(datagram);
            }
        }

        @Override
        public void event(PppEvent event, long now) {
            listener.event(event, now);
        }
    }

    private final class FromTunnel implements GreOutput {
        @Override
        public void transmit(ByteBuf packet) {
            network.send(packet);
        }

        @Override
        public Trust deliver(ByteBuf frame, int sequence, long now) {
            return gate.inward(frame) ? trust(ppp.receive(frame, sequence, now)) : Trust.UNPROVEN;
        }

        @Override
        public Trust deliverFar(ByteBuf frame, int sequence, long now) {
            return gate.inward(frame) ? trust(ppp.receiveFar(frame, sequence, now)) : Trust.UNPROVEN;
        }

        @Override
        public boolean answers(ByteBuf frame, long now) {
            return ppp.answers(frame, now);
        }

        @Override
        public boolean early(ByteBuf frame, int sequence, long now) {
            return ppp.early(frame, sequence, now);
        }

        @Override
        public void dropped(Dropped why, int sequence) {
            drops.dropped(why, sequence);
        }

        @Override
        public void acknowledged(long now) {
            gate.acknowledged(gre, now);
        }
    }

    /** Neither of the two modules knows the other's word for it; here is the only place that knows both. */
    private static Trust trust(FrameTrust trust) {
        return switch (trust) {
            case REFUSED -> Trust.REFUSED;
            case DOUBTED -> Trust.DOUBTED;
            case UNPROVEN -> Trust.UNPROVEN;
            case PROVEN -> Trust.PROVEN;
        };
    }

    // ---- from the network

    @Override
    public void receive(ByteBuf packet, int callId, long now) {
        gre.receive(packet, callId, now);
    }

    @Override
    public void batchEnd(long now) {
        gre.batchEnd(now);
    }

    // ---- beside the way

    /** Begins to establish the link. */
    public void open(long now) {
        ppp.open(now);
    }

    /** The host is ready: datagrams pass from now on, both ways. */
    public void carry() {
        carries = true;
    }

    /** Datagrams are dropped from now on; the link itself goes on. */
    void carryNoMore() {
        carries = false;
    }

    /** Ends the link: a Terminate-Request, and a bounded wait for its acknowledgement. */
    public void close(String reason, long now) {
        ppp.close(reason, now);
    }

    /** The host has slept: the peer is asked at once whether it is still there. */
    void hurry(long now) {
        ppp.hurry(now);
    }

    /** Answers {@link PppEvent.SecretWanted}. */
    void provide(@Nullable Credentials answer, long now) {
        ppp.provide(answer, now);
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long now) {
        gre.onDeadline(now);
        ppp.onDeadline(now);
    }

    /** When the link next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return Deadlines.earlier(gre.deadlineNanos(), ppp.deadlineNanos());
    }

    /** Why the link ends, as soon as it is certain; null before. */
    @Nullable
    PppFailure ending(long now) {
        return ppp.ending(now);
    }

    /** Whether the peer has not sent one usable GRE packet, acknowledgements included. */
    boolean isSilent() {
        return gre.stats().delivered == 0 && gre.stats().acknowledgementsReceived == 0;
    }

    /** The counters of the tunnel, live. */
    public GreStats greStats() {
        return gre.stats();
    }

    /** The counters of the link, live. */
    public PppStats pppStats() {
        return ppp.stats();
    }

    /** What is said about segments of TCP on the way. */
    MssClamp mss() {
        return mss;
    }

    /** For a gate that keeps frames. */
    public GreTunnel gre() {
        return gre;
    }
}
