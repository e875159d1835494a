package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Set;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Tally;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/** One tunnel in a capture, as its packets come: what they say goes into its {@link Call}. */
final class Talk {
    private static final int LONGEST = 2048;

    private final Call call;
    private final FrameListener frames;
    private final GreHeader header = new GreHeader();
    /** Those who have sent a payload; nobody knows with which number they began. */
    private final Set<Side> begun = EnumSet.noneOf(Side.class);

    private boolean over;

    private final ControlTalk client;
    private final ControlTalk server;
    private final InOrder fromFirst =
            new InOrder((at, payload, sequence, skipped, missing) -> frame(at, first(), payload, skipped, missing));
    private final InOrder fromSecond = new InOrder(
            (at, payload, sequence, skipped, missing) -> frame(at, first().other(), payload, skipped, missing));

    /** @param calls hears of call ids */
    Talk(Call call, FrameListener frames, CallIds calls) {
        this.call = call;
        this.frames = frames;
        this.client = new ControlTalk(call, Side.CLIENT, calls);
        this.server = new ControlTalk(call, Side.SERVER, calls);
    }

    /** Who hears of the ids of a call. */
    interface CallIds {
        /** One side has chosen the id that the other puts into its packets of GRE. */
        void chosen(Side by, int callId);
    }

    Call call() {
        return call;
    }

    /** Its control connection is closed. */
    void closes() {
        over = true;
    }

    /** Whether its control connection was closed. */
    boolean isOver() {
        return over;
    }

    /** Whom we took for the client as it began. */
    private Side first() {
        return call.asBegun(Side.CLIENT);
    }

    ControlTalk control(Side from) {
        return from == Side.CLIENT ? client : server;
    }

    /**
     * A packet of GRE.
     *
     * @param missing octets at its end that were not captured
     */
    void gre(Moment at, Side from, ByteBuf packet, int missing) {
        var count = call.gre().of(from);
        count.seen(at.nanos());
        ByteBuf room = missing == 0 ? packet : filled(packet, missing);
        GreHeader.Result result = header.parse(room, room.readerIndex(), room.writerIndex());
        int captured = room.writerIndex() - missing;
        if (missing > 0 && header.payloadIndex() > captured) {
            call.endsAt(at); // where its header ends was not captured
            return;
        }
        if (result != GreHeader.Result.OK) {
            count.malformed++;
            return;
        }
        count.acknowledging += header.hasAcknowledgement() ? 1 : 0;
        if (!header.hasSequence()) {
            count.acknowledgements++;
            call.endsAt(at);
            return;
        }
        count.payloads++;
        int length = Math.min(header.payloadLength(), captured - header.payloadIndex());
        ByteBuf payload = room.slice(header.payloadIndex(), length);
        tally(payload);
        (from == first() ? fromFirst : fromSecond)
                .receive(at, header.sequence(), payload, header.payloadLength() - length);
    }

    /** GRE says how long its payload is, and must be so long. */
    private static ByteBuf filled(ByteBuf packet, int missing) {
        int captured = packet.readableBytes();
        ByteBuf room = Unpooled.wrappedBuffer(new byte[captured + missing]);
        room.setBytes(0, packet, packet.readerIndex(), captured);
        return room;
    }

    /** Counts what is there, whether it comes twice or out of order. */
    private void tally(ByteBuf payload) {
        ByteBuf frame = payload.slice();
        int protocol = PppFrame.parse(frame);
        if (protocol == PppFrame.MALFORMED) {
            call.count("malformed frame");
        } else {
            call.count(name(protocol, frame));
        }
    }

    private static String name(int protocol, ByteBuf packet) {
        return packet.isReadable() && protocol >= 0x8000
                ? PacketText.kind(protocol, packet.getUnsignedByte(packet.readerIndex()))
                : PppProtocol.name(protocol);
    }

    /** A frame of PPP that was captured without GRE. */
    void bare(Moment at, Side from, ByteBuf frame, int missing) {
        tally(frame);
        call.gre().of(from).seen(at.nanos());
        call.gre().of(from).payloads++;
        frame(at, from, frame, 0, missing);
    }

    private void frame(Moment at, Side from, ByteBuf frame, int skipped, int missing) {
        boolean first = begun.add(call.asBegun(from));
        if (skipped > 0 && !first) {
            call.lacksPayload();
        }
        int protocol = PppFrame.parse(frame);
        if (protocol == PppFrame.MALFORMED) {
            return;
        }
        if (protocol < 0x8000) {
            boolean encrypted = protocol == PppProtocol.COMPRESSED;
            Tally.Cover cover = encrypted ? Tally.Cover.ENCRYPTED : Tally.Cover.CLEAR;
            call.datagram(at, from, cover, frame.readableBytes() + missing);
            if (missing == 0) {
                frames.datagram(call, at, from, protocol, frame, skipped);
            }
            return;
        }
        int length = Math.min(frame.readableBytes(), LONGEST);
        ByteBuf packet = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(frame, frame.readerIndex(), length));
        boolean whole = missing == 0 || ControlPacket.parse(packet) instanceof ControlPacket; // the rest is padding
        call.add(at, from, new Fact.Packet(protocol, packet, whole ? 0 : missing));
        if (whole) {
            frames.control(call, from, protocol, packet.slice());
        } else {
            call.lacksPayload();
        }
    }

    /** Nothing more comes. */
    void end() {
        client.end();
        server.end();
        fromFirst.flush();
        fromSecond.flush();
    }
}
