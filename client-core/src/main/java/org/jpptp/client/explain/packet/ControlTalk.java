package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.wire.ControlCodec;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.ControlStream;
import org.jpptp.control.wire.DecodeResult;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;

/** What one side says on its control connection. */
final class ControlTalk {
    private static final int COOKIE_AT = 4;

    private final Call call;
    private final Side from;
    private final Talk.CallIds calls;
    private final TcpDirection octets = new TcpDirection(this::take);
    private ControlStream stream = new ControlStream();
    private Moment now = new Moment(0, Moment.NO_TIME);
    private boolean broken;

    ControlTalk(Call call, Side from, Talk.CallIds calls) {
        this.call = call;
        this.from = from;
        this.calls = calls;
    }

    TcpDirection octets() {
        return octets;
    }

    /**
     * A segment with octets.
     *
     * @param missing those at its end that were not captured
     */
    void segment(Moment at, int sequence, ByteBuf payload, int missing) {
        now = at;
        if (!octets.hasBegun()) {
            call.headIsMissing();
        }
        int behind = sequence + payload.readableBytes();
        octets.segment(sequence, payload);
        octets.leaveOut(behind, missing);
    }

    /** How many octets of an unfinished message there are, as far as that was recorded. */
    int unfinished() {
        return broken || !octets.isWhole() ? 0 : stream.unfinishedOctets();
    }

    void end() {
        octets.end();
        if (!octets.isWhole()) {
            call.lacksControl();
        }
    }

    private void take(ByteBuf chunk, TcpDirection.Continuity continuity) {
        boolean begins = chunk.readableBytes() >= COOKIE_AT + 4
                && chunk.getInt(chunk.readerIndex() + COOKIE_AT) == ControlCodec.MAGIC_COOKIE;
        if (continuity == TcpDirection.Continuity.BEHIND_A_GAP || (broken && begins)) {
            stream = new ControlStream();
            broken = !begins;
        }
        while (!broken && chunk.isReadable()) {
            DecodeResult result = stream.next(chunk);
            if (result instanceof DecodeResult.Decoded decoded) {
                decoded(decoded);
            } else if (result instanceof DecodeResult.Malformed malformed) {
                malformed(malformed);
            }
        }
    }

    private void decoded(DecodeResult.Decoded decoded) {
        ControlMessage message = decoded.message();
        call.add(now, from, new Fact.Control(message));
        call.count(message.type().rfcName());
        if (message instanceof OutgoingCallRequest request && from == Side.CLIENT) {
            calls.chosen(Side.CLIENT, request.callId());
        } else if (message instanceof OutgoingCallReply reply && from == Side.SERVER) {
            calls.chosen(Side.SERVER, reply.callId());
        }
    }

    private void malformed(DecodeResult.Malformed malformed) {
        broken = true;
        if (!call.isHeadMissing()) {
            call.add(now, from, new Fact.Broken(malformed.reason(), malformed.evidence()));
        }
    }
}
