package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.lcp.LcpPolicy;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * LCP's packets of an open link: echoes, identification, Protocol-Rejects (RFC 1661 §5.7, §5.8; RFC 1570 §2.1), and the
 * decision that nobody is there any more.
 */
final class LinkMaintenance {
    private static final int MAX_PACKET = 1500;
    private static final int MAGIC_OCTETS = 4;
    private static final int PROTOCOL_OCTETS = 2;
    /** Echo-Requests with our own magic number that make a loop. */
    private static final int LOOPS = 3;
    /** Echo-Requests without an answer that the user hears of: one may well be lost. */
    private static final int MISSED = 2;

    private final String identification;
    private final PppHabits habits;
    private final Keepalive keepalive;
    private final LcpPolicy lcp;
    private final EchoNumbers numbers;
    private final PppStats stats;
    private final LinkServices link;
    private int id;
    private int loops;
    private boolean echoUnknown;
    private LinkFailure.Echoes echoes = LinkFailure.Echoes.NEVER_ANSWERED;
    private boolean missTold;
    /** Of the Echo-Request whose answer is timed; negative for none. */
    private int timedId = -1;

    private long timedSince;

    LinkMaintenance(PppConfig config, LcpPolicy lcp, EchoNumbers numbers, PppStats stats, LinkServices link) {
        this.identification = config.identification();
        this.habits = config.habits();
        this.keepalive =
                new Keepalive(config.timing().echoInterval(), config.timing().echoFailures());
        this.lcp = lcp;
        this.numbers = numbers;
        this.stats = stats;
        this.link = link;
    }

    /** LCP is open. */
    void start(long now) {
        keepalive.start(now);
        for (int i = 0; i < habits.identifications() && !identification.isEmpty(); i++) {
            send(ControlPacket.IDENTIFICATION, withMagic(identification.getBytes(StandardCharsets.US_ASCII)), now);
        }
        if (habits.has(PppHabits.Way.ECHO_AT_ONCE)) {
            sendEcho(now);
        }
    }

    private void sendEcho(long now) {
        sendEchoRequest(now);
        timedId = id;
        timedSince = now;
    }

    /** Sends an Echo-Request beside those that ask a quiet peer. */
    void ask(long now) {
        if (!echoUnknown) {
            sendEchoRequest(now);
        }
    }

    private void sendEchoRequest(long now) {
        send(ControlPacket.ECHO_REQUEST, withMagic(numbers.next()), now);
    }

    /** LCP is no longer open. */
    void stop() {
        keepalive.stop();
    }

    /** The peer has sent something that only a living peer sends. */
    void heard() {
        keepalive.heard();
    }

    /** The same of a packet of LCP. Where it is an answer, its number counts no more. */
    void heard(ByteBuf packet) {
        heard();
        numbers.use(packet);
    }

    /** The host has slept. */
    void hurry(long now) {
        keepalive.hurry(now);
    }

    long deadlineNanos() {
        return keepalive.deadlineNanos();
    }

    void onDeadline(long now) {
        switch (keepalive.onDeadline(now)) {
            case NOTHING -> {}
            case SEND_ECHO -> {
                if (!echoUnknown) {
                    tellOfMissed(now);
                    sendEcho(now);
                }
            }
            case GIVE_UP -> {
                if (!echoUnknown) {
                    link.fail(new LinkFailure.EchoLost(keepalive.unanswered(), echoes));
                }
            }
        }
    }

    /** The one that is about to be sent counts as unanswered already. */
    private void tellOfMissed(long now) {
        if (!missTold && keepalive.unanswered() > MISSED && keepalive.failures() > 0) {
            missTold = true;
            link.tell(new PppEvent.EchoMissed(MISSED, keepalive.failures()), now);
        }
    }

    /** The peer has answered an Echo-Request. */
    void echoAnswered(int answered, long now) {
        echoes = LinkFailure.Echoes.ANSWERED;
        if (answered == timedId) {
            timedId = -1;
            stats.echoRoundTripNanos = now - timedSince;
        }
    }

    /** The peer does not know a code, which is not sent again. */
    void codeRejected(int code) {
        echoUnknown |= code == ControlPacket.ECHO_REQUEST;
    }

    /** Tells the peer that a protocol is not ours, with as much of its packet as the peer's MRU allows. */
    void rejectProtocol(int protocol, ByteBuf packet, long now) {
        int length = Math.min(packet.readableBytes(), room() - PROTOCOL_OCTETS);
        ByteBuf data = Unpooled.buffer(PROTOCOL_OCTETS + length)
                .writeShort(protocol)
                .writeBytes(packet, packet.readerIndex(), length);
        send(ControlPacket.PROTOCOL_REJECT, ByteBufUtil.getBytes(data), now);
    }

    /** Answers with our magic number and the peer's data; a request with our own magic number is our own. */
    void echo(ControlPacket request, long now) {
        ByteBuf data = request.data();
        if (data.readableBytes() < MAGIC_OCTETS) {
            link.note("an Echo-Request without a magic number is discarded");
            return;
        }
        int magic = data.readInt();
        if (magic != 0 && magic == lcp.magic()) {
            if (++loops >= LOOPS) {
                link.fail(new LinkFailure.Looped(LinkFailure.Reflection.ECHO_REQUESTS, loops));
            }
            return;
        }
        int length = Math.min(data.readableBytes(), room() - MAGIC_OCTETS);
        byte[] same = ByteBufUtil.getBytes(data, data.readerIndex(), length);
        link.send(PppProtocol.LCP, ControlPacket.encode(ControlPacket.ECHO_REPLY, request.id(), withMagic(same)), now);
    }

    private int room() {
        return Math.min(MAX_PACKET, lcp.peerMru()) - ControlPacket.HEADER;
    }

    private void send(int code, byte[] data, long now) {
        id = (id + 1) & 0xFF;
        link.send(PppProtocol.LCP, ControlPacket.encode(code, id, data), now);
    }

    private byte[] withMagic(byte[] data) {
        return ByteBufUtil.getBytes(Unpooled.buffer(MAGIC_OCTETS + data.length)
                .writeInt(lcp.magic())
                .writeBytes(data));
    }
}
