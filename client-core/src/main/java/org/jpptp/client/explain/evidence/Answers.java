package org.jpptp.client.explain.evidence;

import org.jpptp.control.wire.MessageType;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/** How long the server takes to answer what the client asks: what that tells of the way there and back goes into a flow. */
final class Answers {
    private static final int NO_ID = -1;

    private final Flow flow;
    private long askedNanos = Moment.NO_TIME;
    private MessageType awaited = MessageType.ECHO_REPLY;
    private long echoNanos = Moment.NO_TIME;
    private int echoId = NO_ID;

    Answers(Flow flow) {
        this.flow = flow;
    }

    void seen(Moment at, Side from, Fact fact) {
        if (!at.isTimed()) {
            return;
        }
        if (fact instanceof Fact.Control control) {
            message(at, from, control.message().type());
        } else if (fact instanceof Fact.Packet packet && packet.protocol() == PppProtocol.LCP) {
            echo(at, from, packet);
        }
    }

    private void message(Moment at, Side from, MessageType type) {
        if (from == Side.SERVER) {
            if (askedNanos != Moment.NO_TIME && type == awaited) {
                told(Flow.Way.CONTROL, askedNanos, at);
                askedNanos = Moment.NO_TIME;
            }
            return;
        }
        switch (type) {
            case START_CONTROL_CONNECTION_REQUEST -> asked(at, MessageType.START_CONTROL_CONNECTION_REPLY);
            case OUTGOING_CALL_REQUEST -> asked(at, MessageType.OUTGOING_CALL_REPLY);
            case ECHO_REQUEST -> asked(at, MessageType.ECHO_REPLY);
            default -> {
                // Nothing answers it, or not at once.
            }
        }
    }

    private void asked(Moment at, MessageType answer) {
        askedNanos = at.nanos();
        awaited = answer;
    }

    private void echo(Moment at, Side from, Fact.Packet packet) {
        if (!(ControlPacket.parse(packet.octets()) instanceof ControlPacket control)) {
            return;
        }
        if (from == Side.CLIENT && control.code() == ControlPacket.ECHO_REQUEST) {
            echoNanos = at.nanos();
            echoId = control.id();
        } else if (from == Side.SERVER && control.code() == ControlPacket.ECHO_REPLY && control.id() == echoId) {
            told(Flow.Way.LCP_ECHO, echoNanos, at);
            echoId = NO_ID;
        }
    }

    private void told(Flow.Way way, long since, Moment at) {
        flow.roundTrip(way, new Flow.RoundTrip(flow.millis(at.nanos()), Math.max(0, at.nanos() - since)));
    }
}
