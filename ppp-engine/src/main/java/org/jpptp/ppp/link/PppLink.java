package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.FrameTrust;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One end of a PPP link (RFC 1661 §3): establishes it, authenticates, agrees on encryption and addresses, carries
 * datagrams, and ends.
 *
 * <p>Either side is this class; {@link AuthRole} says which. No datagram passes before authentication and, where
 * required, encryption are complete, in neither direction. Whatever happens, exactly one {@link PppEvent.Down} ends it.
 *
 * <p>A pure machine: not for two threads at once; {@code now} is nanoseconds of any origin.
 */
public final class PppLink {
    /** Octets that are free in front of every frame given to {@link PppOutput#sendFrame}, for the transport's header. */
    public static final int FRAME_HEADROOM = 32;
    /** Octets that must be free in front of every datagram given to {@link #send}. */
    public static final int DATAGRAM_HEADROOM = 64;

    private final PppStats stats = new PppStats();
    private final EchoNumbers numbers;
    private final LinkPhases phases;
    private final DatagramPath data;

    public PppLink(PppConfig config, RandomGenerator random, PppOutput output, PppTrace trace) {
        numbers = new EchoNumbers(config, random);
        phases = new LinkPhases(config, random, output, trace, stats, numbers);
        data = phases.datagrams();
    }

    /** Begins to establish the link; the transport is ready. */
    public void open(long now) {
        phases.open(now);
    }

    /**
     * Why the link ends, from when that is certain, or what it would fail for if it ended now; null before.
     * {@link PppEvent.Down} follows what is certain, unless the call ends first.
     */
    public @Nullable PppFailure ending(long now) {
        return phases.ending(now);
    }

    /**
     * Ends the link: a Terminate-Request, a bounded wait for its acknowledgement, then {@link PppEvent.Down}.
     *
     * @param reason for the peer and the trace
     */
    public void close(String reason, long now) {
        phases.close(reason, now);
    }

    /**
     * Takes a frame from the transport.
     *
     * @param frame from the address and control fields, or the protocol field, on; borrowed, and changed by decryption
     * @param number the transport's number of the frame, which the peer has counted one by one
     * @return whether it shows by itself that the peer has sent it
     */
    public FrameTrust receive(ByteBuf frame, int number, long now) {
        if (phases.isDead()) {
            return FrameTrust.UNPROVEN;
        }
        stats.framesReceived++;
        int protocol = PppFrame.parse(frame);
        if (isDatagram(protocol)) {
            return receiveDatagram(protocol, frame, number, now);
        }
        if (protocol == PppFrame.MALFORMED) {
            stats.framesDiscarded++;
            return FrameTrust.REFUSED;
        }
        return phases.receive(protocol, frame, number, now);
    }

    /**
     * Takes a frame from where the peer's numbers are not, as far as the transport knows. Control packets are refused there,
     * but for the requests to begin a key stream anew, without which a long loss in both directions would never end.
     *
     * @param frame as for {@link #receive}
     */
    public FrameTrust receiveFar(ByteBuf frame, int number, long now) {
        int start = frame.readerIndex();
        int protocol = PppFrame.parse(frame);
        boolean reset = protocol == PppProtocol.CCP
                && ControlPacket.parse(frame) instanceof ControlPacket control
                && control.code() == ControlPacket.RESET_REQUEST;
        frame.readerIndex(start);
        return reset || isDatagram(protocol) ? receive(frame, number, now) : FrameTrust.REFUSED;
    }

    /**
     * Looks whether a frame from there is the answer to one of our last Echo-Requests, which only the peer can give: the peer's
     * numbers are where this one is. Of any other it is worth while to ask.
     *
     * @param frame as for {@link #receive}; its octets and indexes stay
     */
    public boolean answers(ByteBuf frame, long now) {
        int start = frame.readerIndex();
        boolean answers = PppFrame.parse(frame) == PppProtocol.LCP && numbers.which(frame) != EchoNumbers.NONE;
        frame.readerIndex(start);
        if (!answers) {
            data.strayed(now);
        }
        return answers;
    }

    private static boolean isDatagram(int protocol) {
        return protocol == PppProtocol.COMPRESSED || protocol == PppProtocol.IPV4 || protocol == PppProtocol.IPV6;
    }

    private FrameTrust receiveDatagram(int protocol, ByteBuf frame, int number, long now) {
        long before = stats.datagramsReceived;
        FrameTrust trust = protocol == PppProtocol.COMPRESSED
                ? data.receiveCoded(frame, number, now)
                : data.receiveClear(protocol, frame, number, now);
        if (stats.datagramsReceived != before) {
            phases.heard();
        } else if (data.failed()) {
            phases.undecipherable(now);
        }
        return trust;
    }

    /**
     * Looks at a frame that came out of order, without taking it.
     *
     * @param frame as for {@link #receive}; its octets and indexes stay
     * @return false where it would be refused at any time; true where that cannot be told yet
     */
    public boolean early(ByteBuf frame, int number, long now) {
        int start = frame.readerIndex();
        int protocol = PppFrame.parse(frame);
        boolean plausible = protocol != PppFrame.MALFORMED && data.early(protocol, frame, number, now);
        frame.readerIndex(start);
        return plausible;
    }

    /**
     * Sends a datagram.
     *
     * @param datagram IPv4 or IPv6, with {@value #DATAGRAM_HEADROOM} free octets before it; borrowed, and encrypted in place
     * @return false where it was dropped and counted: the network is not up, or it is larger than the peer takes
     */
    public boolean send(ByteBuf datagram, long now) {
        return data.send(datagram, now);
    }

    /**
     * Answers {@link PppEvent.SecretWanted}; without one that waits, nothing happens.
     *
     * @param answer other credentials, or the same with a new password; null to let the failure stand. Held until the
     *     link is down, and wiped by the caller
     */
    public void provide(@Nullable Credentials answer, long now) {
        phases.provide(answer, now);
    }

    /** When the link next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return phases.deadlineNanos();
    }

    /** The host has slept: asks the peer at once whether it is still there. */
    public void hurry(long now) {
        phases.hurry(now);
    }

    /** Called at or after {@link #deadlineNanos}; early or late is harmless. */
    public void onDeadline(long now) {
        phases.onDeadline(now);
    }

    /** The counters; live. */
    public PppStats stats() {
        return stats;
    }
}
