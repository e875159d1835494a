package org.jpptp.gre;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jpptp.gre.SequenceWindow.Verdict;
import org.jpptp.gre.wire.GreHeader;
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

    private static final int PAYLOAD_MAXIMUM = 0xFFFF;

    private final GreConfig config;
    private final GreOutput output;
    private final GreStats stats = new GreStats();
    private final GreHeader header = new GreHeader();
    /** Not from an allocator: a machine has no end at which it could be released. */
    private final ByteBuf loneAcknowledgement =
            Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(GreHeader.ONE_NUMBER_LENGTH));

    private final SentPayloads sent;
    private final OwedAcknowledgement owed;
    private final SequenceWindow window;
    private final ReorderBuffer reorder;
    private final ReorderWait reorderWait;

    public GreTunnel(GreConfig config, GreOutput output) {
        this(config, output, config.numbering().first());
    }

    /** A tunnel that does not count from 0, to be near the end of the numbers soon. */
    GreTunnel(GreConfig config, GreOutput output, int firstSequence) {
        this.config = config;
        this.output = output;
        this.sent = new SentPayloads(firstSequence, stats);
        this.owed = new OwedAcknowledgement(config.acknowledgeAfter());
        if (config.numbering() == GreConfig.Numbering.FROM_ONE) {
            owed.addForNothing();
        }
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
        int sequence = sent.number(now);
        if (owed.settle()) {
            GreHeader.prepend(frame, config.peerCallId(), sequence, window.highest());
        } else {
            GreHeader.prepend(frame, config.peerCallId(), sequence);
        }
        stats.sent++;
        output.transmit(frame);
        frame.readerIndex(index);
    }

    /**
     * Takes one packet of the raw socket. Its indices are changed.
     *
     * @param packet from the GRE header on
     * @param callId what it carries, as the socket has read it
     */
    public void receive(ByteBuf packet, int callId, long now) {
        stats.received++;
        if (header.parse(packet, packet.readerIndex(), packet.writerIndex()) != GreHeader.Result.OK) {
            drop(Dropped.MALFORMED, 0);
            return;
        }
        if (callId != config.localCallId()) {
            drop(Dropped.FOREIGN_CALL, 0);
            return;
        }
        boolean fewer = header.hasAcknowledgement() && sent.acknowledged(header.acknowledgement(), now);
        if (header.hasSequence()) {
            int index = header.payloadIndex();
            receivePayload(header.sequence(), packet.setIndex(index, index + header.payloadLength()), now);
        } else {
            stats.acknowledgementsReceived++;
        }
        if (fewer) {
            output.acknowledged(now);
        }
    }

    private void receivePayload(int sequence, ByteBuf payload, long now) {
        Verdict verdict = window.judge(sequence, now);
        if (verdict != Verdict.DUE) {
            receiveOutOfTurn(verdict, sequence, payload, now);
            return;
        }
        long waited = reorder.isEmpty() ? 0 : now - reorder.oldestArrival();
        if (deliver(sequence, payload, Verdict.DUE, now)) {
            reorderWait.late(waited);
        }
    }

    /** Delivers a payload that has just come, and what has waited for it; false where it was refused. */
    private boolean deliver(int sequence, ByteBuf payload, Verdict verdict, long now) {
        int highest = window.highest();
        // Delivering may call back into send, and so must find this packet as one to be acknowledged.
        window.received(sequence);
        owed.add(now);
        if (offer(sequence, payload, verdict, now)) {
            deliverHeld(now);
            return true;
        }
        if (verdict == Verdict.DUE && window.passesRefused(sequence)) {
            window.pass(sequence);
            deliverHeld(now);
            return false;
        }
        window.refused(highest);
        owed.takeBack();
        return false;
    }

    /** Hands a payload over; false where it was refused. A number may come without a payload: nothing to hand over. */
    private boolean offer(int sequence, ByteBuf payload, Verdict verdict, long now) {
        boolean suspect = verdict == Verdict.SUSPECT;
        boolean readable = payload.isReadable();
        Trust trust = Trust.UNPROVEN;
        if (readable) {
            trust = suspect ? output.deliverFar(payload, sequence, now) : output.deliver(payload, sequence, now);
        }
        boolean settles = trust == Trust.PROVEN || (trust == Trust.UNPROVEN && !window.wantsProof());
        if (trust == Trust.REFUSED || (suspect && !settles)) {
            drop(Dropped.REFUSED, sequence);
            return false;
        }
        if (trust == Trust.PROVEN) {
            window.prove();
        }
        stats.delivered += readable ? 1 : 0;
        if (!settles) {
            window.pass(sequence);
        } else {
            stats.lost += suspect ? window.restart(sequence, now) : window.settle(sequence, now);
        }
        return true;
    }

    private void receiveOutOfTurn(Verdict verdict, int sequence, ByteBuf payload, long now) {
        switch (verdict) {
            case DUE -> throw new IllegalArgumentException("it has its turn");
            case EARLY -> receiveEarly(sequence, payload, now);
            case PAST -> {
                drop(Dropped.DUPLICATE, sequence);
                reorderWait.past(sequence);
            }
            case SUSPECT, IMPLAUSIBLE -> receiveFar(verdict, sequence, payload, now);
        }
    }

    /** Where the peer's numbers are not, unless a run of packets says so, or an answer of the peer's. */
    private void receiveFar(Verdict verdict, int sequence, ByteBuf payload, long now) {
        boolean answer = output.answers(payload, now);
        if (!answer && verdict == Verdict.IMPLAUSIBLE) {
            drop(Dropped.IMPLAUSIBLE, sequence);
            return;
        }
        while (!reorder.isEmpty()) {
            giveUpGap(now);
        }
        if (answer) {
            receiveAnswer(sequence, payload, now);
        } else {
            deliver(sequence, payload, verdict, now);
        }
    }

    /** The window starts anew behind it. Of other packets that says nothing: they prove themselves, or not, as before. */
    private void receiveAnswer(int sequence, ByteBuf payload, long now) {
        stats.lost += window.restart(sequence, now);
        stats.delivered++;
        owed.add(now);
        output.deliver(payload, sequence, now);
    }

    private void receiveEarly(int sequence, ByteBuf payload, long now) {
        if (!output.early(payload, sequence, now)) {
            drop(Dropped.REFUSED, sequence);
            return;
        }
        giveUpBefore(sequence - config.reorderPackets(), now);
        if (sequence == window.awaited()) {
            deliver(sequence, payload, Verdict.DUE, now);
        } else if (reorder.hold(sequence, payload, now)) {
            window.received(sequence);
            owed.add(now);
        } else {
            drop(Dropped.DUPLICATE, sequence);
        }
    }

    private void drop(Dropped why, int sequence) {
        switch (why) {
            case MALFORMED -> stats.malformed++;
            case FOREIGN_CALL -> stats.foreignCall++;
            case DUPLICATE -> stats.duplicate++;
            case IMPLAUSIBLE -> stats.implausible++;
            case REFUSED -> stats.refused++;
        }
        output.dropped(why, sequence);
    }

    /** What was to be read has been read: acknowledges at once when two or more payloads wait for it. */
    public void batchEnd(long now) {
        if (owed.payloads() >= 2) {
            acknowledgeAlone();
        }
        onDeadline(now);
    }

    /** Does what is due; harmless when nothing is. */
    public void onDeadline(long now) {
        if (owed.isOverdue(now)) {
            acknowledgeAlone();
        }
        if (!reorder.isEmpty() && now - reorder.oldestArrival() >= reorderWait.nanos()) {
            giveUpGaps(now);
        }
        reorder.release(now);
    }

    private void giveUpGaps(long now) {
        long wait = reorderWait.nanos();
        int from = 0;
        int to = 0;
        while (!reorder.isEmpty() && now - reorder.oldestArrival() >= wait) {
            int awaited = window.awaited();
            int first = giveUpGap(now);
            if (first != awaited) {
                from = awaited;
                to = first;
            }
        }
        if (from != to) {
            reorderWait.inVain(from, to);
        }
    }

    /** When {@link #onDeadline} wants to be called next; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        long held = reorder.isEmpty() ? reorder.releaseAtNanos() : reorder.oldestArrival() + reorderWait.nanos();
        return Deadlines.earlier(owed.deadlineNanos(), held);
    }

    /** How many payloads were sent that the peer has not acknowledged. Nothing here waits for it. */
    public long unacknowledged() {
        return sent.unacknowledged();
    }

    /** The counters, live. */
    public GreStats stats() {
        return stats;
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
            if (offer(sequence, held, Verdict.DUE, now)) {
                stats.reordered++;
                reorder.drop(sequence);
                return true;
            }
        }
        return false;
    }

    private void acknowledgeAlone() {
        owed.settle();
        GreHeader.putAcknowledgement(loneAcknowledgement, config.peerCallId(), window.highest());
        stats.sent++;
        stats.acknowledgementsSent++;
        output.transmit(loneAcknowledgement);
    }
}
