package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * A client session and a server session in virtual time, of which one takes the input: an octet for how far the tunnel
 * comes before (the number of events that the end has told), then an octet for each step and what it takes. Nothing is
 * brought to an end that has told its end: its edge has closed everything.
 */
final class SessionRun {
    private static final int[] PROTOCOLS = {
        PppProtocol.LCP,
        PppProtocol.CHAP,
        PppProtocol.CCP,
        PppProtocol.IPCP,
        PppProtocol.IPV6CP,
        PppProtocol.COMPRESSED,
        PppProtocol.IPV4,
        PppProtocol.IPV6,
        PppProtocol.EAP
    };

    static final int GRE_FRAME = 0;
    static final int CONTROL_PACKET = 1;
    static final int GRE_PACKET = 3;
    static final int DATAGRAM = 4;
    static final int OCTETS = 5;
    static final int MESSAGE = 6;
    static final int GENUINE = 7;
    static final int DAMAGED = 8;
    static final int LOST = 9;
    static final int TIME = 10;
    static final int COMMAND = 11;
    private static final int KINDS = 13;

    private static final int EVENTS = 10;
    private static final int STEPS = 96;
    private static final int WAKE_UPS = 8000;
    /** Packets that one call may send, of TCP and GRE together: one that opens a phase sends several frames. */
    private static final int PACKETS_A_CALL = 12;

    private static final int PACKETS_AT_FIRST = 64;
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofMinutes(6);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final TunnelEnd end;
    private final TunnelEnd peer;
    private long now = 1_000_000_000L;
    private int sequence;
    private long calls;

    SessionRun(TunnelEnd end, TunnelEnd peer) {
        this.end = end;
        this.peer = peer;
    }

    void run(Input input) {
        end.start(now);
        peer.start(now);
        int events = input.below(EVENTS);
        for (int i = 0; i < WAKE_UPS && end.events < events && !end.ended; i++) {
            if (!genuine()) {
                wake();
            }
        }
        for (int step = 0; step < STEPS && !input.isEmpty(); step++) {
            calls++;
            step(input);
            toPeer();
            check();
        }
        for (long stop = now + CALM.toNanos(); !end.ended && !(end.up && peer.up) && now < stop; ) {
            quiet(MOMENT);
        }
        kept(end.ended || end.up, "a tunnel that is left alone comes up or ends");
        end.close(now);
        quiet(CLOSING);
        kept(end.ended, "a tunnel that is closed ends");
        kept(end.deadlineNanos() == Long.MAX_VALUE, "nothing is waited for after the end");
    }

    private void step(Input input) {
        switch (input.below(KINDS)) {
            case GRE_FRAME -> gre(input.chunk());
            case CONTROL_PACKET, 2 ->
                gre(Packets.control(
                        PROTOCOLS[input.below(PROTOCOLS.length)], input.octet(), input.octet(), input.chunk()));
            case GRE_PACKET -> end.greReceived(end.fromPeer(input.chunk()), now);
            case DATAGRAM -> end.greReceived(Unpooled.wrappedBuffer(input.chunk()), now);
            case OCTETS -> end.controlReceived(Unpooled.wrappedBuffer(input.chunk()), now);
            case MESSAGE -> end.controlReceived(Unpooled.wrappedBuffer(ControlConnectionFuzz.message(input)), now);
            case GENUINE -> genuine();
            case DAMAGED -> {
                TunnelEnd.Sent sent = peer.sent.poll();
                if (sent != null) {
                    arrive(sent, Packets.damaged(sent.octets(), input));
                }
            }
            case LOST -> peer.sent.poll();
            case TIME -> wake();
            case COMMAND -> end.command(input, now);
            default -> {
                byte[] payload = new byte[input.octet()];
                TunnelEnd sender = input.choice() ? end : peer;
                sender.tunReceived(Packets.datagram(payload), now);
            }
        }
    }

    /** A PPP frame in a GRE packet that belongs to the call. */
    private void gre(byte[] frame) {
        ByteBuf packet = Unpooled.buffer(12 + frame.length);
        packet.writeShort(0x3001).writeShort(0x880B).writeShort(Math.min(frame.length, 0xFFFF));
        packet.writeShort(end.callId).writeInt(sequence++).writeBytes(frame);
        end.greReceived(end.fromPeer(ByteBufUtil.getBytes(packet)), now);
    }

    private boolean genuine() {
        toPeer();
        TunnelEnd.Sent sent = peer.sent.poll();
        if (sent == null) {
            return false;
        }
        arrive(sent, sent.octets());
        toPeer();
        return true;
    }

    private void arrive(TunnelEnd.Sent sent, byte[] octets) {
        calls++;
        if (sent.way() == TunnelEnd.Way.GRE) {
            renumber(octets);
        }
        end.take(sent.way(), octets, now);
    }

    /** What was injected took numbers, so what is genuine gets the next. */
    private void renumber(byte[] octets) {
        if (octets.length >= 12 && (octets[0] & 0x10) != 0) {
            Unpooled.wrappedBuffer(octets).setInt(8, sequence++);
        }
    }

    private void toPeer() {
        for (TunnelEnd.Sent sent = end.sent.poll(); sent != null; sent = end.sent.poll()) {
            peer.take(sent.way(), sent.octets(), now);
        }
    }

    private void wake() {
        long next = Math.min(end.deadlineNanos(), peer.deadlineNanos());
        if (next != Long.MAX_VALUE) {
            calls++;
            now = Math.max(now, next);
            end.onDeadline(now);
            peer.onDeadline(now);
        }
        end.hostAnswers(now);
        peer.hostAnswers(now);
    }

    private void quiet(Duration time) {
        long stop = now + time.toNanos();
        for (int wakes = 0; !end.ended; wakes++) {
            kept(wakes < WAKE_UPS, "two sessions that are left alone are not busy with each other");
            end.hostAnswers(now);
            peer.hostAnswers(now);
            if (genuine()) {
                continue;
            }
            if (Math.min(end.deadlineNanos(), peer.deadlineNanos()) > stop) {
                break;
            }
            wake();
            check();
        }
        now = Math.max(now, stop);
    }

    private void check() {
        kept(end.packets <= PACKETS_AT_FIRST + PACKETS_A_CALL * calls, "what is sent is bounded by what came");
    }

    /** The number that chooses a protocol, for inputs that are made. */
    static int choosing(int protocol) {
        for (int i = 0; i < PROTOCOLS.length; i++) {
            if (PROTOCOLS[i] == protocol) {
                return i;
            }
        }
        throw new IllegalArgumentException("protocol " + protocol);
    }
}
