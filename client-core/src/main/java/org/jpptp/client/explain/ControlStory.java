package org.jpptp.client.explain;

import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageType;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jspecify.annotations.Nullable;

/** The control connection as its messages tell it. */
final class ControlStory {
    private @Nullable Step asked;
    private @Nullable Step refused;
    private boolean opened;
    private @Nullable Step started;
    private @Nullable Step startReply;
    private @Nullable Step called;
    private @Nullable Step callReply;
    private @Nullable Step broken;
    private @Nullable Step serverLast;
    private @Nullable Step clientLast;
    private @Nullable Step tcpEnd;
    private @Nullable Step icmp;
    private int echoesUnanswered;
    private Moment lastHeard = new Moment(0, Moment.NO_TIME);

    void transport(Step step, Fact.Transport fact) {
        switch (fact.step()) {
            case ASKED -> asked = asked == null ? step : asked;
            case OPENED -> opened = true;
            case REFUSED, UNREACHABLE, TIMED_OUT -> {
                if (!opened) {
                    refused = step;
                }
            }
            case CLOSED, RESET -> tcpEnd = tcpEnd == null ? step : tcpEnd;
        }
    }

    void control(Step step, ControlMessage message) {
        opened = true;
        if (step.from() == Side.SERVER) {
            serverLast = step;
            lastHeard = step.at();
            echoesUnanswered = 0;
        } else {
            clientLast = step;
            echoesUnanswered += message.type() == MessageType.ECHO_REQUEST ? 1 : 0;
        }
        if (message instanceof StartControlConnectionRequest) {
            started = step;
        } else if (message instanceof StartControlConnectionReply) {
            startReply = step;
        } else if (message instanceof OutgoingCallRequest && step.from() == Side.CLIENT) {
            called = step;
        } else if (message instanceof OutgoingCallReply && step.from() == Side.SERVER) {
            callReply = step;
        }
    }

    void broken(Step step) {
        opened = true;
        broken = broken == null && step.from() == Side.SERVER ? step : broken;
    }

    void icmp(Step step) {
        icmp = step;
    }

    /** The last ICMP error about GRE of the client's. */
    @Nullable
    Step icmp() {
        return icmp;
    }

    @Nullable
    Step asked() {
        return asked;
    }

    @Nullable
    Step refused() {
        return refused;
    }

    boolean isOpened() {
        return opened;
    }

    @Nullable
    Step started() {
        return started;
    }

    @Nullable
    StartControlConnectionReply startReply() {
        return startReply != null
                        && startReply.fact() instanceof Fact.Control control
                        && control.message() instanceof StartControlConnectionReply reply
                ? reply
                : null;
    }

    @Nullable
    StartControlConnectionRequest startRequest() {
        return started != null
                        && started.fact() instanceof Fact.Control control
                        && control.message() instanceof StartControlConnectionRequest request
                ? request
                : null;
    }

    @Nullable
    Step called() {
        return called;
    }

    @Nullable
    OutgoingCallReply callReply() {
        return callReply != null
                        && callReply.fact() instanceof Fact.Control control
                        && control.message() instanceof OutgoingCallReply reply
                ? reply
                : null;
    }

    /** When the call was answered; null before. */
    @Nullable
    Step connected() {
        return callReply;
    }

    @Nullable
    Step startAnswered() {
        return startReply;
    }

    @Nullable
    Step broken() {
        return broken;
    }

    @Nullable
    Step tcpEnd() {
        return tcpEnd;
    }

    int echoesUnanswered() {
        return echoesUnanswered;
    }

    Moment lastHeard() {
        return lastHeard;
    }

    @Nullable
    Step last(Side from) {
        return from == Side.SERVER ? serverLast : clientLast;
    }
}
