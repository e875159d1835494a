package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Decides three things of a link that is up, from what the transport's numbers, the decoder and the peer's answers tell
 * together: whether a control packet may act, whether the keys are wrong, whether somebody interferes. Control packets of PPP
 * are never encrypted, so anybody can send one, and anybody can send garbage.
 *
 * <p>What nobody can forge without seeing our packets is an answer with one of {@link EchoNumbers}; and since the peer numbers
 * its packets one by one, the number of that answer tells which numbers before it the peer has used. So:
 *
 * <ul>
 *   <li>A control packet that would end or interrupt the link, or has to do with authentication, is held back, and the peer is
 *       asked. It acts if the answer has a later number and no other packet claims its own, or if nobody answers at all: a peer that has left does not. It is
 *       dropped if the answer has no later number, or if another packet claims its own: the peer goes on.
 *   <li>The keys are wrong if the peer has used the numbers of packets that do not decrypt. While nothing was ever decrypted a
 *       few are enough; once something was, they were right, and the two sides have lost step.
 *   <li>What the peer has not sent, somebody else has.
 * </ul>
 *
 * <p>docs/decisions/0015-who-sent-this.md says why an honest peer is never kept out, and what a forger can still do.
 */
final class PeerProof {
    /** What becomes of it. */
    interface Output {
        /** Sends the peer an Echo-Request. */
        void ask(long now);

        /** A control packet that was held back is the peer's, or its last one. */
        void act(int protocol, ByteBuf packet, long now);

        /** The peer has sent encrypted packets, none of which decrypts. */
        void fail(PppFailure why);

        /** Packets came that the peer has not sent; told at most once a minute of each kind. */
        void foreign(PppEvent.Foreign what, long now);

        void note(String why);
    }

    /** A control packet that waits. */
    private static final class Held {
        private final int protocol;
        private final int number;
        private final byte[] octets;
        /** How many questions had been asked when it came. */
        private final int asked;

        Held(int protocol, int number, ByteBuf packet, int asked) {
            this.protocol = protocol;
            this.number = number;
            this.octets = ByteBufUtil.getBytes(packet);
            this.asked = asked;
        }

        boolean is(int otherProtocol, ByteBuf packet) {
            return protocol == otherProtocol && Arrays.equals(octets, ByteBufUtil.getBytes(packet));
        }

        /** Whether the peer sends no data behind such a packet. */
        boolean endsData() {
            int code = octets[0];
            return code != ControlPacket.PROTOCOL_REJECT
                    && code != ControlPacket.CODE_REJECT
                    && (protocol == PppProtocol.LCP || protocol == PppProtocol.CCP);
        }

        ByteBuf packet() {
            return Unpooled.wrappedBuffer(octets);
        }
    }

    /** Control packets that wait at the same time. */
    private static final int MOST_HELD = 8;
    /** Packets that do not decrypt before the peer is asked, while nothing was ever decrypted, and once something was. */
    private static final int FIRST_REFUSED = 4;

    private static final int LATER_REFUSED = 32;
    /** As many, for so long, are enough from a peer that answers no echo, while nothing was ever decrypted. */
    private static final Duration UNANSWERED_REFUSED = Duration.ofSeconds(5);
    /** Between two questions about packets that do not decrypt, or have strayed. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** Between two reports of the same kind. */
    private static final Duration REPORT = Duration.ofMinutes(1);

    private final Output output;
    private final PppStats stats;
    private final EchoNumbers numbers;
    private final LifeQuestion question = new LifeQuestion();
    private final RefusedNumbers refused = new RefusedNumbers();
    private final List<Held> held = new ArrayList<>(0);

    /** Whether anything was decrypted with these keys, and the number of the last such packet. */
    private boolean proven;

    private int lastProven;
    private long refusedSince;
    /** No question about such packets before this. */
    private long restUntil;

    private boolean rests;

    /** By kind, before when nothing more is reported. */
    private final Map<PppEvent.Foreign, Long> reportedUntil = new EnumMap<>(PppEvent.Foreign.class);

    PeerProof(EchoNumbers numbers, PppStats stats, Output output) {
        this.numbers = numbers;
        this.stats = stats;
        this.output = output;
    }

    /** Other keys: what was proven with those before says nothing of these. */
    void keysChanged() {
        proven = false;
        refused.clear();
    }

    /** Nothing is carried any more. */
    void stop() {
        question.stop();
        refused.clear();
        held.clear();
    }

    /** How many numbers lie between the last packet that decrypted and this one; 0 before any did. */
    int missing(int number) {
        return proven ? Math.max(0, number - lastProven - 1) : 0;
    }

    /** Whether anything was decrypted with these keys. */
    boolean decrypted() {
        return proven;
    }

    /** An encrypted packet decrypts. */
    void proven(int number, long now) {
        proven = true;
        lastProven = number;
        if (refused.size() > 0) {
            refused.clear();
        }
        if (!held.isEmpty()) {
            dropForeign(one -> one.number == number || (number - one.number > 0 && one.endsData()), now);
            restIfDone();
        }
    }

    /** A datagram that proves nothing claims this number. */
    void unproven(int number, long now) {
        if (!held.isEmpty()) {
            dropForeign(one -> one.number == number, now);
        }
    }

    /** An encrypted packet that claims this number does not decrypt. */
    void undecipherable(int number, long now) {
        if (proven && number - lastProven <= 0) {
            return;
        }
        if (refused.size() == 0) {
            refusedSince = now;
            output.note("an encrypted packet does not decrypt (number " + Integer.toUnsignedString(number) + ")");
        }
        if (refused.add(number, numbers.count())
                && refused.size() >= (proven ? LATER_REFUSED : FIRST_REFUSED)
                && mayAsk(now)) {
            question.begin(now);
        }
    }

    private boolean mayAsk(long now) {
        return !question.runs() && !(rests && restUntil - now > 0);
    }

    /** A packet claims a number that the peer cannot have come to, unless so many were lost: its answer tells. */
    void strayed(long now) {
        if (numbers.areGiven() && mayAsk(now)) {
            output.note("asking the peer where its numbers are");
            question.begin(now);
        }
    }

    /** A control packet of a link that is up: whether it may act now. */
    boolean mayAct(int protocol, ByteBuf packet, int number, long now) {
        claimed(protocol, packet, number, now);
        if (doubts(protocol, packet, number, now)) {
            return false;
        }
        if (protocol == PppProtocol.LCP) {
            answered(packet, number, now);
        }
        return true;
    }

    /** Whatever becomes of it, its number is not that of another packet. */
    private void claimed(int protocol, ByteBuf packet, int number, long now) {
        refused.remove(number);
        if (!held.isEmpty()) {
            dropForeign(one -> one.number == number && !one.is(protocol, packet), now);
        }
    }

    private void dropForeign(Predicate<Held> which, long now) {
        for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
            Held one = each.next();
            if (which.test(one)) {
                each.remove();
                output.note("the " + PppProtocol.name(one.protocol) + " packet with number "
                        + Integer.toUnsignedString(one.number) + " is not from the peer, which goes on");
                foreign(PppEvent.Foreign.CONTROL, 1, now);
            }
        }
    }

    private void foreign(PppEvent.Foreign what, int packets, long now) {
        stats.foreign += packets;
        Long until = reportedUntil.get(what);
        if (until == null || Deadlines.passed(until, now)) {
            reportedUntil.put(what, Deadlines.after(REPORT, now));
            output.foreign(what, now);
        }
    }

    /** Whether it would end, interrupt or disturb the link, and is therefore held back or dropped. */
    private boolean doubts(int protocol, ByteBuf packet, int number, long now) {
        if (!(ControlPacket.parse(packet) instanceof ControlPacket control) || !interrupts(protocol, control.code())) {
            return false;
        }
        if (proven && number - lastProven <= 0) {
            output.note(PppProtocol.name(protocol) + " is discarded: later packets of the peer's have come already");
        } else if (held.size() == MOST_HELD) {
            output.note(PppProtocol.name(protocol) + " is discarded: too many wait for the peer's answer");
        } else if (held.stream().noneMatch(one -> one.is(protocol, packet))) {
            held.add(new Held(protocol, number, packet, numbers.count()));
            output.note("asking the peer whether it sent this");
            question.begin(now);
        }
        return true;
    }

    /**
     * Whether such a packet ends, interrupts or disturbs a link that is up. Of CHAP and EAP that is all that a server sends: a
     * verdict ends the link, and a question that was not the peer's gets an answer which the peer may take for that to its own.
     * Once PAP has accepted us nothing of it counts.
     */
    private static boolean interrupts(int protocol, int code) {
        if (protocol == PppProtocol.CHAP || protocol == PppProtocol.EAP) {
            return code != ChapPacket.RESPONSE; // which is 2 in EAP too
        }
        boolean negotiates = protocol == PppProtocol.LCP
                || protocol == PppProtocol.CCP
                || protocol == PppProtocol.IPCP
                || protocol == PppProtocol.IPV6CP;
        return switch (code) {
            case ControlPacket.CONFIGURE_REQUEST,
                    ControlPacket.TERMINATE_REQUEST,
                    ControlPacket.TERMINATE_ACK,
                    ControlPacket.CODE_REJECT -> negotiates;
            case ControlPacket.PROTOCOL_REJECT -> protocol == PppProtocol.LCP;
            default -> false;
        };
    }

    /** It may be the answer to an Echo-Request. */
    private void answered(ByteBuf packet, int number, long now) {
        int which = numbers.use(packet);
        if (which == EchoNumbers.NONE) {
            return;
        }
        int used = refused.before(number);
        if (used >= (proven ? LATER_REFUSED : FIRST_REFUSED)) {
            output.fail(proven ? new EncryptionFailure.OutOfStep(List.of()) : new EncryptionFailure.NothingDecrypts());
            return;
        }
        int garbage = refused.removeUnused(number, which);
        if (garbage > 0) {
            foreign(PppEvent.Foreign.GARBAGE, garbage, now);
        }
        List<Held> acting = held.stream().filter(one -> number - one.number > 0).toList();
        held.removeAll(acting);
        dropForeign(one -> one.asked <= which, now);
        rests = true;
        restUntil = Deadlines.after(REST, now);
        restIfDone();
        acting.forEach(one -> act(one, now));
    }

    private void act(Held one, long now) {
        output.act(one.protocol, one.packet(), now);
    }

    private void restIfDone() {
        if (held.isEmpty()) {
            question.stop();
        }
    }

    long deadlineNanos() {
        return question.deadlineNanos();
    }

    void onDeadline(long now) {
        switch (question.due(now)) {
            case NOTHING -> {}
            case ASK -> output.ask(now);
            case NOBODY_ANSWERED -> nobodyAnswered(now);
        }
    }

    private void nobodyAnswered(long now) {
        List<Held> acting = List.copyOf(held);
        held.clear();
        if (!proven && refused.size() >= LATER_REFUSED && now - refusedSince >= UNANSWERED_REFUSED.toNanos()) {
            output.fail(new EncryptionFailure.NothingDecrypts());
            return;
        }
        acting.forEach(one -> act(one, now));
    }

    /** The first packet of this kind that waits, from the code field on; null where none does. */
    @Nullable
    ByteBuf waiting(int protocol, int code) {
        for (Held one : held) {
            if (one.protocol == protocol && one.octets[0] == code) {
                return one.packet();
            }
        }
        return null;
    }
}
