package org.jpptp.ppp.fsm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * The option negotiation automaton (RFC 1661 §4): the table, the Restart timer, and the bounds that keep two sides that
 * never agree from talking for ever.
 */
public final class OptionFsm {
    private static final int DEFAULT_MRU = 1500;

    private final OptionPolicy policy;
    private final PppTiming timing;
    private final FsmOutput output;
    private final Convergence convergence;
    private final Evidence evidence;
    private final RestartTimer timer;
    private final Reasons reasons;

    private State state = State.INITIAL;
    private int restartCounter;
    private int packetLimit = DEFAULT_MRU;
    private String terminateReason = "";

    /** The last Identifier used for anything. */
    private int lastId;

    private OwnRequest asked = OwnRequest.none();
    private @Nullable ByteBuf reply;
    private int requestsSent;
    /** Whether the first request waits until one of the peer's is answered. */
    private boolean answersFirst;

    /**
     * @param protocol the PPP protocol number, for texts
     * @param trip how long the peer takes to answer, which all protocols of a link share
     * @param firstId the Identifier of the first packet, 0…255
     */
    public OptionFsm(
            int protocol, OptionPolicy policy, PppTiming timing, RoundTrip trip, int firstId, FsmOutput output) {
        this.policy = policy;
        this.timing = timing;
        this.lastId = firstId - 1;
        this.output = output;
        this.convergence = new Convergence(timing);
        this.reasons = new Reasons(protocol, policy);
        this.evidence = new Evidence(protocol);
        this.timer = new RestartTimer(timing, trip);
    }

    public State state() {
        return state;
    }

    /** Keeps what is sent within the peer's MRU, in octets; never more than 1500. */
    public void limitPackets(int peerMru) {
        packetLimit = Math.max(ControlPacket.HEADER, Math.min(DEFAULT_MRU, peerMru));
    }

    /** The lower layer has come up. */
    public void up(long now) {
        requestsSent = 0;
        timer.negotiatedNever();
        convergence.start();
        evidence.start();
        policy.start();
        step(Event.UP, now);
    }

    /** The lower layer has gone down. */
    public void down(long now) {
        step(Event.DOWN, now);
    }

    /**
     * Before the lower layer comes up: the first request goes out once one of the peer's is answered, or when the Restart
     * timer expires.
     */
    public void answerFirst() {
        answersFirst = true;
    }

    /** Begins to negotiate as soon as the lower layer is up. */
    public void open(long now) {
        step(Event.OPEN, now);
    }

    /** Ends with a Terminate-Request. */
    public void close(String reason, long now) {
        terminateReason = reason;
        step(Event.CLOSE, now);
    }

    /** When the Restart timer expires, {@link Long#MAX_VALUE} while it does not run. */
    public long deadlineNanos() {
        return timer.deadlineNanos();
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long now) {
        if (!timer.expired(now)) {
            return;
        }
        step(restartCounter > 0 ? Event.TO_PLUS : Event.TO_MINUS, now);
    }

    /**
     * Takes a packet of this protocol.
     *
     * @param packet from the code field on; borrowed
     * @return whether it was a packet; a malformed one is discarded
     */
    public boolean receive(ByteBuf packet, long now) {
        if (state == State.INITIAL
                || state == State.STARTING
                || !(ControlPacket.parse(packet) instanceof ControlPacket control)) {
            return false;
        }
        return switch (control.code()) {
            case ControlPacket.CONFIGURE_REQUEST -> configureRequest(control, now);
            case ControlPacket.CONFIGURE_ACK -> configureAck(control, now);
            case ControlPacket.CONFIGURE_NAK, ControlPacket.CONFIGURE_REJECT -> configureNak(control, now);
            case ControlPacket.TERMINATE_REQUEST -> {
                reply = ControlPacket.encode(ControlPacket.TERMINATE_ACK, control.id());
                step(Event.RTR, now);
                output.terminated(control.data(), now);
                yield true;
            }
            case ControlPacket.TERMINATE_ACK -> {
                step(Event.RTA, now);
                yield true;
            }
            case ControlPacket.CODE_REJECT -> codeReject(control, now);
            default -> {
                if (policy.knows(control.code())) {
                    if (step(Event.RXR, now)) {
                        output.extension(control, now);
                    }
                } else {
                    int length = Math.min(packet.readableBytes(), packetLimit - ControlPacket.HEADER);
                    reply = ControlPacket.encode(
                            ControlPacket.CODE_REJECT,
                            nextId(),
                            ByteBufUtil.getBytes(packet, packet.readerIndex(), length));
                    step(Event.RUC, now);
                }
                yield true;
            }
        };
    }

    private boolean configureRequest(ControlPacket packet, long now) {
        if (packet.data().readableBytes() > DEFAULT_MRU - ControlPacket.HEADER
                || !(ConfigOptions.parse(packet.data()) instanceof ConfigOptions.Listed listed)) {
            return false;
        }
        if (!state.negotiating() && state != State.STOPPED && state != State.OPENED) {
            // The answer there is a Terminate-Ack or nothing, whatever the options.
            reply = ControlPacket.encode(ControlPacket.TERMINATE_ACK, packet.id());
            step(Event.RCR_PLUS, now);
            return true;
        }
        evidence.remember(packet);
        Verdict verdict = policy.judge(listed.options(), convergence.mayNak());
        verdict.match(
                ack -> {
                    convergence.weAccept();
                    reply(ControlPacket.CONFIGURE_ACK, packet.id(), listed.options());
                    step(Event.RCR_PLUS, now);
                },
                nak -> {
                    if (convergence.mayNak()) {
                        refuse(ControlPacket.CONFIGURE_NAK, packet.id(), nak.suggested(), now);
                        output.note(reasons.nak(nak));
                    } else {
                        refuse(ControlPacket.CONFIGURE_REJECT, packet.id(), nak.offending(), now);
                        output.note("Naks have not helped, now Rejecting; " + reasons.reject(nak.offending()));
                    }
                },
                reject -> {
                    refuse(ControlPacket.CONFIGURE_REJECT, packet.id(), reject.options(), now);
                    output.note(reasons.reject(reject.options()));
                },
                fail -> output.failed(fail.failure(), now));
        if (answersFirst && requestsSent == 0 && state.negotiating()) {
            answersFirst = false;
            sendRequest(Event.UP, now);
        }
        return true;
    }

    private void refuse(int code, int peerId, List<ConfigOption> options, long now) {
        if (!convergence.weRefuse(code == ControlPacket.CONFIGURE_NAK, peerId) || options.isEmpty()) {
            giveUp(GaveUp.NOT_CONVERGING, now);
            return;
        }
        reply(code, peerId, options);
        step(Event.RCR_MINUS, now);
    }

    private boolean configureAck(ControlPacket packet, long now) {
        if (answered(packet, Event.RCA, now)) {
            if (!asked.hasOctets(packet.data())) {
                output.note("a Configure-Ack of other options than those asked for is discarded");
                return true;
            }
            evidence.remember(packet);
            asked.answered();
            timer.answered(now);
            convergence.peerAccepts();
            step(Event.RCA, now);
            if (state == State.ACK_RCVD) {
                // What is missing is the peer's request, which it repeats by itself.
                timer.run(state, now);
            }
        }
        return true;
    }

    private boolean configureNak(ControlPacket packet, long now) {
        if (!answered(packet, Event.RCN, now)) {
            return true;
        }
        if (!(ConfigOptions.parse(packet.data()) instanceof ConfigOptions.Listed listed)) {
            return false;
        }
        evidence.remember(packet);
        boolean rejected = packet.code() == ControlPacket.CONFIGURE_REJECT;
        if (rejected && !asked.hasAll(listed.options())) {
            output.note("a Configure-Reject of options that were not asked for is discarded");
            return true;
        }
        List<ConfigOption> before = asked.options();
        asked.answered();
        timer.answered(now);
        PppFailure failure = rejected ? policy.rejected(listed.options()) : policy.nakked(listed.options());
        if (failure != null) {
            output.failed(failure, now);
        } else if (!convergence.peerRefuses()) {
            giveUp(GaveUp.NOT_CONVERGING, now);
        } else {
            step(Event.RCN, now);
            output.note(
                    rejected
                            ? reasons.rejected(listed.options(), asked.options())
                            : reasons.nakked(listed.options(), before, asked.options()));
        }
        return true;
    }

    /** Whether this is the answer that our last request waits for. */
    private boolean answered(ControlPacket packet, Event event, long now) {
        if (!state.negotiating() && state != State.OPENED) {
            reply = ControlPacket.encode(ControlPacket.TERMINATE_ACK, packet.id());
            step(event, now);
            return false;
        }
        if (asked.isWaitingFor(packet)) {
            return true;
        }
        output.note("an answer with identifier 0x" + Integer.toHexString(packet.id()) + " is late or a duplicate");
        return false;
    }

    private boolean codeReject(ControlPacket packet, long now) {
        if (!packet.data().isReadable()) {
            return false;
        }
        int code = packet.data().getUnsignedByte(packet.data().readerIndex());
        if (code > ControlPacket.CODE_REJECT) {
            output.codeRejected(code);
            step(Event.RXJ_PLUS, now);
        } else {
            evidence.remember(packet);
            boolean closing = state.closing();
            step(Event.RXJ_MINUS, now);
            if (!closing) {
                giveUp(GaveUp.CODE_REJECTED, now);
            }
        }
        return true;
    }

    /** Does what the table says; false where it has a dash or nothing to do for a protocol's own code. */
    private boolean step(Event event, long now) {
        TransitionTable.Transition transition = TransitionTable.of(event, state);
        if (transition == null) {
            output.note("no " + event + " in " + state);
            return false;
        }
        State from = state;
        state = transition.next();
        if (!state.timed()) {
            timer.stop();
        }
        for (Action action : transition.actions()) {
            act(action, event, from, now);
        }
        return transition.actions().contains(Action.SER);
    }

    private void act(Action action, Event event, State from, long now) {
        switch (action) {
            case TLU -> output.up(now);
            case TLD -> {
                timer.negotiatedAnew();
                convergence.peerAccepts();
                output.down(now);
            }
            case TLS, SER -> {
                // The link brings its lower layer up by itself; a protocol's own codes are answered by receive().
            }
            case TLF -> finish(event, from, now);
            case IRC -> restartCounter = state.closing() ? timing.maxTerminate() : timing.maxConfigure();
            case ZRC -> {
                restartCounter = 0;
                timer.run(state, now);
            }
            case SCR -> sendRequest(event, now);
            case STR -> {
                restartCounter--;
                timer.run(state, now);
                output.send(
                        ControlPacket.encode(
                                ControlPacket.TERMINATE_REQUEST,
                                event == Event.TO_PLUS ? lastId & 0xFF : nextId(),
                                terminateReason.getBytes(StandardCharsets.UTF_8)),
                        now);
            }
            case SCA, SCN, STA, SCJ -> {
                if (reply != null) {
                    output.send(reply, now);
                    reply = null;
                }
                if (state == State.ACK_SENT) {
                    timer.acknowledged();
                }
            }
        }
    }

    private void finish(Event event, State from, long now) {
        if (event == Event.TO_MINUS && from.negotiating()) {
            giveUp(GaveUp.NO_ANSWER, now);
        } else if (event != Event.RXJ_MINUS || from.closing()) {
            output.finished(now);
        }
    }

    private void sendRequest(Event event, long now) {
        if (answersFirst && event != Event.TO_PLUS && requestsSent == 0) {
            timer.run(state, now);
            return;
        }
        if (event == Event.TO_PLUS && requestsSent > 0) {
            restartCounter -= timer.counts() ? 1 : 0;
            timer.repeated(state, now);
        } else {
            // Other options, or a new round: answers to earlier ones must not match (RFC 1661 §5.1).
            asked = new OwnRequest(nextId(), policy.request());
            restartCounter--;
            timer.first(state, now);
        }
        requestsSent++;
        ByteBuf request = asked.encode();
        evidence.sent(request);
        output.send(request, now);
    }

    private void reply(int code, int requestId, List<ConfigOption> options) {
        // An Ack repeats what came in one frame; a Nak or a Reject may leave the rest to the next round.
        List<ConfigOption> fitting = code == ControlPacket.CONFIGURE_ACK
                ? options
                : ConfigOptions.fitting(options, DEFAULT_MRU - ControlPacket.HEADER);
        reply = ControlPacket.encode(code, requestId, ConfigOptions.encode(fitting));
    }

    private void giveUp(GaveUp why, long now) {
        output.failed(policy.gaveUp(why, evidence.seen(requestsSent)), now);
    }

    private int nextId() {
        lastId = (lastId + 1) & 0xFF;
        return lastId;
    }
}
