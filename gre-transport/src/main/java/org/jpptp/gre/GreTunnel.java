package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.gre.wire.Ipv4Header;
import org.jpptp.gre.wire.SerialNumber;

/**
 * One call's data path (RFC 2637 §4): numbers and sends payloads, and delivers those of the peer in order and once.
 *
 * <p>Sending never waits for the peer's window: peers ignore or switch off windows, and a lost acknowledgement must not
 * stop a link. Acknowledgements ride on the next payload, go out alone at the end of a batch with two or more, or when
 * {@link GreConfig#acknowledgeAfter} is over. Sending and receiving in order allocate nothing.
 */
public final class GreTunnel {
    /** Octets that {@link #send} needs before the reader index of a frame. */
    public static final int HEADROOM = GreHeader.MAXIMUM_LENGTH;

    private static final int GRE = 47;
    private static final int PAYLOAD_MAXIMUM = 0xFFFF;
    /** Packets back to which the time of sending is remembered; a power of two. */
    private static final int REMEMBERED = 512;

    private final GreConfig config;
    private final GreOutput output;
    private final int peer;
    private final long acknowledgeAfter;

    private final GreStats stats = new GreStats();
    private final RttEstimator rtt = new RttEstimator();
    private final Ipv4Header ip = new Ipv4Header();
    private final GreHeader header = new GreHeader();
    /** Not from an allocator: a machine has no end at which it could be released. */
    private final ByteBuf loneAcknowledgement =
            Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(GreHeader.ONE_NUMBER_LENGTH));

    private final long[] sentAt = new long[REMEMBERED];
    private int nextSequence;
    private long payloadsSent;
    /** Payloads sent after the last one that the peer acknowledged. */
    private long unacknowledged;

    private long waitingSince;

    private final SequenceWindow window;
    private final ReorderBuffer reorder;
    private final ReorderWait reorderWait;
    /** The numbers that were waited for in vain last: from the first to before the other. */
    private int givenUpFrom;

    private int givenUpTo;
    /** Whether a payload was ever proven; from then on no other moves the window. */
    private boolean proven;
    /** The number after the last such payload. */
    private int afterProven;

    private int acknowledgementsDue;
    private long acknowledgeAt;

    public GreTunnel(GreConfig config, GreOutput output) {
        this(config, output, 0);
    }

    /** A tunnel that does not count from 0, to be near the end of the numbers soon. */
    GreTunnel(GreConfig config, GreOutput output, int firstSequence) {
        this.config = config;
        this.output = output;
        this.nextSequence = firstSequence;
        this.peer = Unpooled.wrappedBuffer(config.peer().getAddress()).readInt();
        this.acknowledgeAfter = config.acknowledgeAfter().toNanos();
        this.window = new SequenceWindow(config.reorderPackets());
        this.reorder = new ReorderBuffer(config.reorderPackets());
        this.reorderWait = new ReorderWait(config.reorderFor());
    }

    /**
     * Sends a payload. Its header is written into the {@link #HEADROOM} octets before the reader index; indices are as
     * before when this returns.
     *
     * @throws IllegalArgumentException when there is no such room, or the payload has more than 65 535 octets
     */
    public void send(ByteBuf frame, long now) {
        int index = frame.readerIndex();
        if (index < HEADROOM || frame.readableBytes() > PAYLOAD_MAXIMUM) {
            throw new IllegalArgumentException("head-room " + index + ", payload " + frame.readableBytes());
        }
        if (acknowledgementsDue > 0) {
            acknowledgementsDue = 0;
            GreHeader.prepend(frame, config.peerCallId(), nextSequence, window.highest());
        } else {
            GreHeader.prepend(frame, config.peerCallId(), nextSequence);
        }
        noteSent(now);
        output.transmit(frame);
        frame.readerIndex(index);
    }

    /** Takes one datagram of the raw socket, from its IPv4 header on. Its indices are changed. */
    public void receive(ByteBuf ipDatagram, long now) {
        stats.received++;
        if (ip.parse(ipDatagram) != Ipv4Header.Result.OK || ip.protocol() != GRE) {
            stats.malformed++;
        } else if (ip.source() != peer) {
            stats.foreignAddress++;
        } else if (header.parse(ipDatagram, ip.payloadIndex(), ip.endIndex()) != GreHeader.Result.OK) {
            stats.malformed++;
        } else if (header.callId() != config.localCallId()) {
            stats.foreignCall++;
        } else {
            if (header.hasAcknowledgement()) {
                acknowledged(header.acknowledgement(), now);
            }
            if (header.hasSequence()) {
                receivePayload(ipDatagram, now);
            } else {
                stats.acknowledgementsReceived++;
            }
        }
    }

    /** What was to be read has been read: acknowledges at once when two or more payloads wait for it. */
    public void batchEnd(long now) {
        if (acknowledgementsDue >= 2) {
            acknowledgeAlone();
        }
        onDeadline(now);
    }

    /** Does what is due; harmless when nothing is. */
    public void onDeadline(long now) {
        if (acknowledgementsDue > 0 && now - acknowledgeAt >= 0) {
            acknowledgeAlone();
        }
        if (!reorder.isEmpty() && now - reorder.oldestArrival() >= reorderWait.nanos()) {
            giveUpGaps(now);
        }
        reorder.release(now);
    }

    private void giveUpGaps(long now) {
        long wait = reorderWait.nanos();
        boolean inVain = false;
        while (!reorder.isEmpty() && now - reorder.oldestArrival() >= wait) {
            int from = window.awaited();
            int to = giveUpGap(now);
            if (to != from) {
                givenUpFrom = from;
                givenUpTo = to;
                inVain = true;
            }
        }
        if (inVain) {
            reorderWait.inVain();
        }
    }

    /** When {@link #onDeadline} wants to be called next; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        long deadline = reorder.isEmpty() ? reorder.releaseAtNanos() : reorder.oldestArrival() + reorderWait.nanos();
        boolean acknowledgesFirst =
                acknowledgementsDue > 0 && (deadline == Long.MAX_VALUE || acknowledgeAt - deadline < 0);
        return acknowledgesFirst ? acknowledgeAt : deadline;
    }

    /** How many payloads were sent that the peer has not acknowledged. Nothing here waits for it. */
    public long unacknowledged() {
        return unacknowledged;
    }

    /** The counters, live. */
    public GreStats stats() {
        return stats;
    }

    private void noteSent(long now) {
        if (unacknowledged == 0) {
            waitingSince = now;
        } else if (now - waitingSince > rtt.timeoutNanos()) {
            // Looked at when sending only: a statistic is not worth a timer.
            stats.acknowledgementTimeouts++;
            rtt.timedOut();
            waitingSince = now;
        }
        sentAt[nextSequence & (REMEMBERED - 1)] = now;
        nextSequence++;
        payloadsSent++;
        unacknowledged++;
        stats.sent++;
    }

    private void acknowledged(int sequence, long now) {
        // How many payloads were sent after it; when all of them or more, it was never sent itself.
        long after = Integer.toUnsignedLong(nextSequence - 1 - sequence);
        if (after >= payloadsSent) {
            stats.bogusAcknowledgements++;
        } else if (after < unacknowledged) {
            unacknowledged = after;
            waitingSince = now;
            if (after < REMEMBERED) {
                rtt.sample(now - sentAt[sequence & (REMEMBERED - 1)]);
                stats.smoothedRttNanos = rtt.rttNanos();
            }
        }
    }

    private void receivePayload(ByteBuf packet, long now) {
        int sequence = header.sequence();
        int index = header.payloadIndex();
        int length = header.payloadLength();
        switch (window.judge(sequence, now)) {
            case DUE -> {
                long waited = reorder.isEmpty() ? 0 : now - reorder.oldestArrival();
                if (deliver(sequence, packet.setIndex(index, index + length), false, now)) {
                    reorderWait.late(waited);
                }
            }
            case EARLY -> {
                if (!output.plausible(packet.setIndex(index, index + length))) {
                    stats.refused++;
                    return;
                }
                giveUpBefore(sequence - config.reorderPackets(), now);
                if (sequence == window.awaited()) {
                    deliver(sequence, packet.setIndex(index, index + length), false, now);
                } else if (reorder.hold(sequence, packet, index, length, now)) {
                    window.received(sequence);
                    acknowledgeSoon(now);
                } else {
                    stats.duplicate++;
                }
            }
            case SUSPECT -> {
                while (!reorder.isEmpty()) {
                    giveUpGap(now);
                }
                deliver(sequence, packet.setIndex(index, index + length), true, now);
            }
            case PAST -> {
                stats.duplicate++;
                if (!SerialNumber.isAfter(givenUpFrom, sequence) && SerialNumber.isAfter(givenUpTo, sequence)) {
                    reorderWait.tooShort();
                }
            }
            case IMPLAUSIBLE -> stats.implausible++;
        }
    }

    /** Delivers a payload that has just come, and what has waited for it; false where it was refused. */
    private boolean deliver(int sequence, ByteBuf payload, boolean suspect, long now) {
        int highest = window.highest();
        // Delivering may call back into send, and so must find this packet as one to be acknowledged.
        window.received(sequence);
        acknowledgeSoon(now);
        if (offer(sequence, payload, suspect, now)) {
            deliverHeld(now);
            return true;
        }
        window.refused(highest);
        acknowledgementsDue = Math.max(0, acknowledgementsDue - 1);
        return false;
    }

    /** Hands a payload over; false where it was refused. A number may come without a payload: nothing to hand over. */
    private boolean offer(int sequence, ByteBuf payload, boolean suspect, long now) {
        boolean readable = payload.isReadable();
        Trust trust = readable ? output.deliver(payload, missing(sequence)) : Trust.UNPROVEN;
        boolean settles = trust == Trust.PROVEN || !proven;
        if (trust == Trust.REFUSED || (suspect && !settles)) {
            stats.refused++;
            return false;
        }
        if (trust == Trust.PROVEN) {
            proven = true;
            afterProven = sequence + 1;
        }
        stats.delivered += readable ? 1 : 0;
        if (!settles) {
            window.pass(sequence);
        } else {
            stats.lost += suspect ? window.restart(sequence, now) : window.settle(sequence, now);
        }
        return true;
    }

    private int missing(int sequence) {
        return proven ? Math.max(0, SerialNumber.distance(afterProven, sequence)) : 0;
    }

    /** Makes room: no number before this one is waited for any longer. */
    private void giveUpBefore(int sequence, long now) {
        while (SerialNumber.isAfter(sequence, window.awaited())) {
            if (!offerHeld(window.awaited(), now)) {
                window.giveUp();
            }
        }
        deliverHeld(now);
    }

    /**
     * Gives up the numbers before the first one held, should that be genuine, and delivers from there as far as it goes.
     *
     * @return the number before which all were given up, the awaited one where none was
     */
    private int giveUpGap(long now) {
        int awaited = window.awaited();
        int first = awaited;
        while (!reorder.holds(first)) {
            first++;
        }
        if (offerHeld(first, now)) {
            deliverHeld(now);
            return first;
        }
        return awaited;
    }

    private void deliverHeld(long now) {
        boolean more = true;
        while (more && !reorder.isEmpty()) {
            more = offerHeld(window.awaited(), now);
        }
    }

    /** Hands over what is held under a number: the first that is not refused; false where there is none. */
    private boolean offerHeld(int sequence, long now) {
        for (ByteBuf held = reorder.take(sequence); held != null; held = reorder.take(sequence)) {
            if (offer(sequence, held, false, now)) {
                stats.reordered++;
                reorder.drop(sequence);
                return true;
            }
        }
        return false;
    }

    private void acknowledgeSoon(long now) {
        if (acknowledgementsDue++ == 0) {
            acknowledgeAt = now + acknowledgeAfter;
        }
    }

    private void acknowledgeAlone() {
        acknowledgementsDue = 0;
        GreHeader.putAcknowledgement(loneAcknowledgement, config.peerCallId(), window.highest());
        stats.sent++;
        stats.acknowledgementsSent++;
        output.transmit(loneAcknowledgement);
    }
}
