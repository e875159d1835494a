package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.ControlFailure.Phase;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.Reason;
import org.jpptp.control.wire.EchoReply;
import org.jpptp.control.wire.EchoRequest;
import org.jpptp.control.wire.IncomingCallReply;
import org.jpptp.control.wire.IncomingCallRequest;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.PeerText;
import org.jpptp.control.wire.ResultCodes;
import org.jpptp.control.wire.SetLinkInfo;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionReply;
import org.jpptp.control.wire.StopControlConnectionRequest;

/**
 * The client of a control connection with its one call: the PNS of RFC 2637 that places an outgoing call.
 *
 * <p>Life: {@link #open}, event Accepted, {@link #placeCall} (after the owner has opened its GRE socket: the server's
 * first packets may arrive before its reply does), event CallConnected, {@link #linkEstablished}, {@link #close}. Event
 * Ended comes once, from any state, and is the last thing that the output hears.
 */
public final class ControlConnection {
    static final int PROTOCOL_VERSION = 0x0100;

    private static final int BOTH = 3;
    private static final long MINIMUM_BPS = 300;
    private static final long MAXIMUM_BPS = 100_000_000;
    private static final long ALL_CONTROL_CHARACTERS = 0xFFFFFFFFL;
    private static final int TEXT_LIMIT = 128;

    private final ControlConfig config;
    private final RandomGenerator random;
    private final ControlOutput output;
    private final ControlTrace trace;
    private final MessagePort port;
    private final KeepAlive keepAlive;

    /** How messages reach this machine; an object of its own, so that they are no part of its interface. */
    private final MessagePort.Receiver receiver = new MessagePort.Receiver() {
        @Override
        public boolean live() {
            return state != State.IDLE && state != State.ENDED;
        }

        @Override
        public void received(ControlMessage message, long now) {
            onMessage(message, now);
        }

        @Override
        public void received(Malformed malformed, long now) {
            onMalformed(malformed, now);
        }
    };

    private State state = State.IDLE;
    private int localCallId;
    private int peerCallId;
    /** When the last message came; means nothing before the first. */
    private long lastHeard;

    /** When to stop waiting for the reply, disconnect or stop that the state is named after. */
    private long waitDeadline = Deadlines.NEVER;

    public ControlConnection(ControlConfig config, RandomGenerator random, ControlOutput output, ControlTrace trace) {
        this.config = config;
        this.random = random;
        this.output = output;
        this.trace = trace;
        port = new MessagePort(output, trace);
        keepAlive = new KeepAlive(config.waits().echoIdle(), config.waits().echoReply());
    }

    /** TCP is up: asks for the control connection. Has an effect once. */
    public void open(long now) {
        if (state != State.IDLE) {
            return;
        }
        enter(State.WAIT_CTL_REPLY, config.waits().reply(), now);
        port.send(new StartControlConnectionRequest(
                PROTOCOL_VERSION, BOTH, BOTH, 0, config.firmware(), config.hostName(), config.vendor()));
    }

    /**
     * Asks for the call. Has an effect once, after Accepted.
     *
     * @param callId ours, 1…65535 (see {@link CallIds})
     */
    public void placeCall(int callId, long now) {
        if (state != State.ESTABLISHED) {
            return;
        }
        localCallId = callId;
        int serialNumber = random.nextInt(0x10000);
        enter(State.WAIT_REPLY, config.waits().callReply(), now);
        port.send(new OutgoingCallRequest(
                localCallId, serialNumber, MINIMUM_BPS, MAXIMUM_BPS, BOTH, BOTH, config.receiveWindow(), 0, "", ""));
    }

    /** LCP has opened: tells the server so, as Windows does, unless configured not to. */
    public void linkEstablished(long now) {
        if (state == State.CONNECTED) {
            sendLinkInfo();
        }
    }

    /** Octets from TCP, in any portions. */
    public void receive(ByteBuf octets, long now) {
        port.receive(octets, receiver, now);
    }

    /** TCP is gone. */
    public void transportClosed(TransportEnd how, long now) {
        switch (state) {
            case IDLE, WAIT_CTL_REPLY -> transportLost(ControlFailure.Stage.WAITING_FOR_START_REPLY, how, now);
            case ESTABLISHED -> transportLost(ControlFailure.Stage.BEFORE_CALL, how, now);
            case WAIT_REPLY -> transportLost(ControlFailure.Stage.WAITING_FOR_CALL_REPLY, how, now);
            case CONNECTED -> transportLost(ControlFailure.Stage.CALL, how, now);
            case WAIT_DISCONNECT, WAIT_STOP_REPLY ->
                end(new ControlFailure.Closed(ControlFailure.Ending.PEER_HUNG_UP), now);
            case ENDED -> {}
        }
    }

    private void transportLost(ControlFailure.Stage stage, TransportEnd how, long now) {
        end(new ControlFailure.TransportLost(stage, port.unfinishedOctets(), how), now);
    }

    /** Ends call and control connection in order; takes at most twice the closing time of the configuration. */
    public void close(long now) {
        switch (state) {
            case IDLE, WAIT_CTL_REPLY -> end(new ControlFailure.Closed(ControlFailure.Ending.BEFORE_START), now);
            case ESTABLISHED -> stopControlConnection(now);
            case WAIT_REPLY, CONNECTED -> {
                keepAlive.stop();
                enter(State.WAIT_DISCONNECT, config.waits().closing(), now);
                port.send(new CallClearRequest(localCallId));
            }
            case WAIT_DISCONNECT, WAIT_STOP_REPLY, ENDED -> {}
        }
    }

    /** The host has slept: asks the server at once whether it is still there. */
    public void hurry(long now) {
        keepAlive.hurry(now);
    }

    /** The time {@link #deadlineNanos} named has come; earlier and later calls do no harm. */
    public void onDeadline(long now) {
        if (Deadlines.passed(waitDeadline, now)) {
            waitDeadline = Deadlines.NEVER;
            onTimeOut(now);
        }
        switch (keepAlive.onDeadline(now)) {
            case WAIT -> {}
            case ASK -> port.send(new EchoRequest(Integer.toUnsignedLong(random.nextInt())));
            case GIVE_UP -> end(new ControlFailure.EchoLost(keepAlive.idle(), keepAlive.reply()), now);
        }
    }

    /** When {@link #onDeadline} wants to be called, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return Deadlines.earlier(waitDeadline, keepAlive.deadlineNanos());
    }

    /** Whether the call is up, and a message came within so long a time. */
    public boolean heardWithin(Duration time, long now) {
        return state == State.CONNECTED && now - lastHeard <= time.toNanos();
    }

    /** The id that the server puts into its GRE packets, 1…65535; 0 before {@link #placeCall}. */
    public int localCallId() {
        return localCallId;
    }

    private void onTimeOut(long now) {
        switch (state) {
            case WAIT_CTL_REPLY ->
                end(
                        unanswered(
                                ControlFailure.Awaited.START_REPLY,
                                config.waits().reply()),
                        now);
            case WAIT_REPLY -> {
                // The server may have taken the call all the same; a stale call would refuse the next attempt.
                port.send(new CallClearRequest(localCallId));
                endPolitely(
                        unanswered(
                                ControlFailure.Awaited.CALL_REPLY,
                                config.waits().callReply()),
                        now);
            }
            case WAIT_DISCONNECT -> {
                trace.note("no Call-Disconnect-Notify within "
                        + Deadlines.words(config.waits().closing()) + ": going on without");
                stopControlConnection(now);
            }
            case WAIT_STOP_REPLY -> end(new ControlFailure.Closed(ControlFailure.Ending.UNANSWERED), now);
            case IDLE, ESTABLISHED, CONNECTED, ENDED -> {}
        }
    }

    private ControlFailure unanswered(ControlFailure.Awaited awaited, Duration within) {
        return new ControlFailure.Unanswered(awaited, within, port.unfinishedOctets());
    }

    private void onMessage(ControlMessage message, long now) {
        keepAlive.heard(now);
        lastHeard = now;
        switch (ClientTable.action(state, message.type())) {
            case IGNORE -> trace.note("unexpected " + message.type().rfcName() + " in " + state + ": ignored");
            case INFO -> trace.note(message.type().rfcName() + " needs nothing of a client");
            case START -> onStartReply((StartControlConnectionReply) message, now);
            case STOP -> onStop((StopControlConnectionRequest) message, now);
            case STOPPED -> onStopped((StopControlConnectionReply) message, now);
            case ECHO -> port.send(new EchoReply(((EchoRequest) message).identifier(), ResultCodes.OK, 0));
            case ALIVE -> {}
            case CALL -> onCallReply((OutgoingCallReply) message, now);
            case REFUSE -> port.send(refusal(message));
            case GONE -> onCallGone(message, now);
        }
    }

    private void onMalformed(Malformed malformed, long now) {
        end(
                malformed.reason() == Reason.NOT_PPTP
                        ? new ControlFailure.NotPptp(phase(state != State.WAIT_CTL_REPLY), malformed.evidence())
                        : new ControlFailure.BrokenMessage(malformed.evidence()),
                now);
    }

    private void onStartReply(StartControlConnectionReply reply, long now) {
        int result = reply.resultCode();
        ControlFailure refused =
                new ControlFailure.StartRefused(result, reply.errorCode(), reply.protocolVersion(), PROTOCOL_VERSION);
        if (result != ResultCodes.OK && result != 0) {
            end(refused, now);
        } else if (reply.protocolVersion() != PROTOCOL_VERSION) {
            port.send(new StopControlConnectionRequest(ResultCodes.STOP_PROTOCOL));
            end(refused, now);
        } else {
            if (result == 0) {
                trace.note("Start-Control-Connection-Reply with result 0: taken as success");
            }
            state = State.ESTABLISHED;
            waitDeadline = Deadlines.NEVER;
            keepAlive.start(now);
            output.event(new ControlEvent.Accepted(reply.hostName(), reply.vendor(), reply.firmware()), now);
        }
    }

    private void onCallReply(OutgoingCallReply reply, long now) {
        if (reply.peerCallId() != localCallId) {
            trace.note("Outgoing-Call-Reply for call " + reply.peerCallId() + ", ours is " + localCallId + ": ignored");
            return;
        }
        int result = reply.resultCode();
        if (result != ResultCodes.OK) {
            endPolitely(new ControlFailure.CallRefused(result, reply.errorCode(), reply.causeCode()), now);
            return;
        }
        peerCallId = reply.callId();
        state = State.CONNECTED;
        waitDeadline = Deadlines.NEVER;
        sendLinkInfo();
        output.event(
                new ControlEvent.CallConnected(localCallId, peerCallId, reply.connectSpeed(), reply.receiveWindow()),
                now);
    }

    private void sendLinkInfo() {
        if (config.setLinkInfo()) {
            port.send(new SetLinkInfo(peerCallId, ALL_CONTROL_CHARACTERS, ALL_CONTROL_CHARACTERS));
        }
    }

    private void onCallGone(ControlMessage message, long now) {
        if (state == State.WAIT_DISCONNECT) {
            stopControlConnection(now);
            return;
        }
        Phase phase = phase(state == State.CONNECTED);
        if (message instanceof CallDisconnectNotify notify) {
            String statistics = notify.statistics().isEmpty() ? "" : PeerText.quote(notify.statistics(), TEXT_LIMIT);
            endPolitely(
                    new ControlFailure.Disconnected(
                            phase, notify.resultCode(), notify.errorCode(), notify.causeCode(), statistics),
                    now);
        } else {
            endPolitely(new ControlFailure.Cleared(phase), now);
        }
    }

    private static Phase phase(boolean up) {
        return up ? Phase.UP : Phase.SETTING_UP;
    }

    /** A client takes no calls: not those that come in, and it has no line to place those that are asked for. */
    private static ControlMessage refusal(ControlMessage request) {
        if (request instanceof IncomingCallRequest incoming) {
            return new IncomingCallReply(0, incoming.callId(), ResultCodes.INCOMING_DO_NOT_ACCEPT, 0, 0, 0);
        }
        int callId = ((OutgoingCallRequest) request).callId();
        return new OutgoingCallReply(0, callId, ResultCodes.OUTGOING_DO_NOT_ACCEPT, 0, 0, 0, 0, 0, 0);
    }

    private void onStop(StopControlConnectionRequest request, long now) {
        port.send(new StopControlConnectionReply(ResultCodes.OK, 0));
        switch (state) {
            case WAIT_CTL_REPLY -> end(new ControlFailure.Stopped(Phase.SETTING_UP, request.reason()), now);
            case WAIT_DISCONNECT, WAIT_STOP_REPLY ->
                end(new ControlFailure.Closed(ControlFailure.Ending.PEER_STOPPED), now);
            default -> end(new ControlFailure.Stopped(Phase.UP, request.reason()), now);
        }
    }

    private void onStopped(StopControlConnectionReply reply, long now) {
        end(
                reply.resultCode() == ResultCodes.OK
                        ? new ControlFailure.Closed(ControlFailure.Ending.IN_ORDER)
                        : new ControlFailure.ClosedWithError(reply.resultCode(), reply.errorCode()),
                now);
    }

    private void stopControlConnection(long now) {
        keepAlive.stop();
        enter(State.WAIT_STOP_REPLY, config.waits().closing(), now);
        port.send(new StopControlConnectionRequest(ResultCodes.STOP_NONE));
    }

    private void enter(State next, Duration patience, long now) {
        state = next;
        waitDeadline = Deadlines.after(patience, now);
    }

    /** Tells the server that we go, without waiting for its answer, and ends. */
    private void endPolitely(ControlFailure why, long now) {
        port.send(new StopControlConnectionRequest(ResultCodes.STOP_NONE));
        end(why, now);
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
