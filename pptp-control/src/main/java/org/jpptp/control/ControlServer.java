package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jpptp.control.ServerTable.State;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.EchoReply;
import org.jpptp.control.wire.EchoRequest;
import org.jpptp.control.wire.IncomingCallReply;
import org.jpptp.control.wire.IncomingCallRequest;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.ResultCodes;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionReply;
import org.jpptp.control.wire.StopControlConnectionRequest;

/**
 * The server of a control connection with one call at a time: the PAC of RFC 2637, as far as a VPN client needs one.
 *
 * <p>It is ready when TCP is up. Event Accepted follows the client's start, CallConnected its call, just before the reply
 * to it goes out, CallEnded the end of
 * that call while the connection lives on; Ended comes once, ends a live call too, and is the last event.
 */
public final class ControlServer {
    private final ControlConfig config;
    private final ServerTraits traits;
    private final RandomGenerator random;
    private final IntPredicate freeCallIds;
    private final ControlOutput output;
    private final ControlTrace trace;
    private final MessagePort port;
    private final KeepAlive keepAlive;
    private final MessagePort.Receiver receiver = new MessagePort.Receiver() {
        @Override
        public boolean live() {
            return state != State.ENDED;
        }

        @Override
        public void received(ControlMessage message, long now) {
            onMessage(message, now);
        }

        @Override
        public void received(Malformed malformed, long now) {
            end(new ControlFailure.BrokenMessage(malformed.evidence()), now);
        }
    };

    private State state = State.IDLE;
    private int localCallId;
    private int peerCallId;

    /** When to stop waiting for the client's start, from its first octet on, or for its reply to our stop. */
    private long waitDeadline = Deadlines.NEVER;

    /** @param freeCallIds which call ids no other call with the client has */
    public ControlServer(
            ControlConfig config,
            ServerTraits traits,
            RandomGenerator random,
            IntPredicate freeCallIds,
            ControlOutput output,
            ControlTrace trace) {
        this.config = config;
        this.traits = traits;
        this.random = random;
        this.freeCallIds = freeCallIds;
        this.output = output;
        this.trace = trace;
        port = new MessagePort(output, trace);
        keepAlive = new KeepAlive(config.waits().echoIdle(), config.waits().echoReply());
    }

    /** Octets from TCP, in any portions. */
    public void receive(ByteBuf octets, long now) {
        if (state == State.IDLE && waitDeadline == Deadlines.NEVER) {
            waitDeadline = Deadlines.after(config.waits().reply(), now);
        }
        port.receive(octets, receiver, now);
    }

    /** TCP is gone. */
    public void transportClosed(long now) {
        switch (state) {
            case IDLE -> transportLost(ControlFailure.Stage.BEFORE_START, now);
            case ESTABLISHED -> transportLost(ControlFailure.Stage.BEFORE_CALL, now);
            case CONNECTED -> transportLost(ControlFailure.Stage.CALL, now);
            case WAIT_STOP_REPLY -> end(new ControlFailure.Closed(ControlFailure.Ending.PEER_HUNG_UP), now);
            case ENDED -> {}
        }
    }

    private void transportLost(ControlFailure.Stage stage, long now) {
        end(new ControlFailure.TransportLost(stage, port.unfinishedOctets(), TransportEnd.CLOSED), now);
    }

    /** Ends a live call and the control connection in order; takes at most the closing time of the configuration. */
    public void close(long now) {
        switch (state) {
            case IDLE -> end(new ControlFailure.Closed(ControlFailure.Ending.BEFORE_START), now);
            case ESTABLISHED, CONNECTED -> {
                if (state == State.CONNECTED) {
                    port.send(disconnect(ResultCodes.DISCONNECT_ADMIN_SHUTDOWN));
                }
                keepAlive.stop();
                state = State.WAIT_STOP_REPLY;
                waitDeadline = Deadlines.after(config.waits().closing(), now);
                port.send(new StopControlConnectionRequest(ResultCodes.STOP_LOCAL_SHUTDOWN));
            }
            case WAIT_STOP_REPLY, ENDED -> {}
        }
    }

    /**
     * Ends a live call with Call-Disconnect-Notify; the control connection stays.
     *
     * @param result RFC 2637 §2.13, 1…4
     */
    public void disconnectCall(int result, long now) {
        if (state == State.CONNECTED) {
            port.send(disconnect(result));
            callEnded(ControlEvent.Side.SERVER, now);
        }
    }

    /** The time {@link #deadlineNanos} named has come; earlier and later calls do no harm. */
    public void onDeadline(long now) {
        if (Deadlines.passed(waitDeadline, now)) {
            waitDeadline = Deadlines.NEVER;
            if (state == State.IDLE) {
                end(
                        new ControlFailure.Unanswered(
                                ControlFailure.Awaited.START, config.waits().reply(), port.unfinishedOctets()),
                        now);
            } else {
                end(new ControlFailure.Closed(ControlFailure.Ending.UNANSWERED), now);
            }
        }
        switch (keepAlive.onDeadline(now)) {
            case WAIT -> {}
            case ASK -> port.send(new EchoRequest(Integer.toUnsignedLong(random.nextInt())));
            case GIVE_UP ->
                end(
                        new ControlFailure.EchoLost(
                                config.waits().echoIdle(), config.waits().echoReply()),
                        now);
        }
    }

    /** When {@link #onDeadline} wants to be called, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return Deadlines.earlier(waitDeadline, keepAlive.deadlineNanos());
    }

    private void onMessage(ControlMessage message, long now) {
        keepAlive.heard(now);
        switch (ServerTable.action(state, message.type())) {
            case IGNORE -> trace.note("unexpected " + message.type().rfcName() + " in " + state + ": ignored");
            case INFO -> trace.note(message.type().rfcName() + " needs nothing of this server");
            case START -> onStart((StartControlConnectionRequest) message, now);
            case RESTART -> {
                port.send(new StopControlConnectionReply(ResultCodes.OK, 0));
                end(new ControlFailure.StartedTwice(), now);
            }
            case STOP -> onStop((StopControlConnectionRequest) message, now);
            case STOPPED -> end(new ControlFailure.Closed(ControlFailure.Ending.IN_ORDER), now);
            case ECHO -> port.send(new EchoReply(((EchoRequest) message).identifier(), ResultCodes.OK, 0));
            case ALIVE -> {}
            case CALL -> onCall((OutgoingCallRequest) message, now);
            case REFUSE -> port.send(refusal(message));
            case CLEAR -> onClear((CallClearRequest) message, now);
        }
    }

    private void onStart(StartControlConnectionRequest request, long now) {
        if (!traits.answerStart()) {
            trace.note("Start-Control-Connection-Request stays unanswered");
            return;
        }
        int result = request.protocolVersion() < ControlConnection.PROTOCOL_VERSION
                ? ResultCodes.START_VERSION_UNSUPPORTED
                : traits.startResult();
        boolean accepted = result == ResultCodes.OK || result == 0;
        if (accepted) {
            state = State.ESTABLISHED;
            waitDeadline = Deadlines.NEVER;
            keepAlive.start(now);
        }
        port.send(new StartControlConnectionReply(
                ControlConnection.PROTOCOL_VERSION,
                result,
                0,
                traits.abilities().framing(),
                traits.abilities().bearer(),
                traits.abilities().channels(),
                config.firmware(),
                config.hostName(),
                config.vendor()));
        if (accepted) {
            output.event(new ControlEvent.Accepted(request.hostName(), request.vendor(), request.firmware()), now);
        } else {
            end(new ControlFailure.StartDenied(result), now);
        }
    }

    private void onStop(StopControlConnectionRequest request, long now) {
        port.send(new StopControlConnectionReply(ResultCodes.OK, 0));
        if (state == State.WAIT_STOP_REPLY) {
            end(new ControlFailure.Closed(ControlFailure.Ending.PEER_STOPPED), now);
        } else {
            end(new ControlFailure.Stopped(ControlFailure.Phase.UP, request.reason()), now);
        }
    }

    private void onCall(OutgoingCallRequest request, long now) {
        if (!traits.answerCall()) {
            trace.note("Outgoing-Call-Request stays unanswered");
            return;
        }
        if (traits.callResult() != ResultCodes.OK) {
            port.send(new OutgoingCallReply(
                    0, request.callId(), traits.callResult(), traits.callError(), traits.callCause(), 0, 0, 0, 0));
            return;
        }
        localCallId = CallIds.choose(random, freeCallIds);
        peerCallId = request.callId();
        state = State.CONNECTED;
        // Before the reply, which the client's first packet may follow at once: it has to find somebody who listens.
        output.event(
                new ControlEvent.CallConnected(
                        localCallId, peerCallId, config.bitsPerSecond(), request.receiveWindow()),
                now);
        port.send(new OutgoingCallReply(
                localCallId, peerCallId, ResultCodes.OK, 0, 0, config.bitsPerSecond(), config.receiveWindow(), 0, 0));
    }

    private ControlMessage refusal(ControlMessage request) {
        if (request instanceof IncomingCallRequest incoming) {
            return new IncomingCallReply(0, incoming.callId(), ResultCodes.INCOMING_DO_NOT_ACCEPT, 0, 0, 0);
        }
        int error = state == State.IDLE ? ResultCodes.ERROR_NOT_CONNECTED : ResultCodes.ERROR_NO_RESOURCE;
        int callId = ((OutgoingCallRequest) request).callId();
        return new OutgoingCallReply(0, callId, ResultCodes.GENERAL_ERROR, error, 0, 0, 0, 0, 0);
    }

    /** Confirms even when there is no call: a client whose call request was not answered waits for it all the same. */
    private void onClear(CallClearRequest request, long now) {
        port.send(disconnect(ResultCodes.DISCONNECT_REQUEST));
        if (state == State.CONNECTED) {
            if (request.callId() != peerCallId) {
                trace.note("Call-Clear-Request for call " + request.callId() + ", the client's is " + peerCallId
                        + ": taken for it");
            }
            callEnded(ControlEvent.Side.CLIENT, now);
        }
    }

    private CallDisconnectNotify disconnect(int result) {
        return new CallDisconnectNotify(traits.disconnectNamesClient() ? peerCallId : localCallId, result, 0, 0, "");
    }

    private void callEnded(ControlEvent.Side by, long now) {
        state = State.ESTABLISHED;
        localCallId = 0;
        output.event(new ControlEvent.CallEnded(by), now);
    }

    private void end(ControlFailure why, long now) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        waitDeadline = Deadlines.NEVER;
        keepAlive.stop();
        output.event(new ControlEvent.Ended(why), now);
    }
}
