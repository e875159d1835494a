package org.jpptp.client.explain;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jpptp.client.Failure;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.client.diagnosis.LogDiagnosis;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Gre;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.DecodeResult;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.PeerText;
import org.jpptp.control.wire.ResultCodes;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;

/** The part of the verdict that is about TCP, the control connection and GRE. */
final class ControlJudge {
    private static final int VERSION = 0x0100;
    /** A server that lost its PPP daemon ends the call within this time. */
    private static final Duration STILLBORN = Duration.ofSeconds(3);

    /** pppd sends ten Configure-Requests. */
    private static final int MOST_PATIENT = 10;

    private final Story story;
    private final ControlStory control;
    private final Call call;
    private final Judge judge;

    ControlJudge(Story story, Judge judge) {
        this.story = story;
        this.control = story.control;
        this.call = story.call;
        this.judge = judge;
    }

    /** What kept the call from being answered, or GRE from passing; null for nothing. */
    @Nullable
    Failure beforeTheCall() {
        Failure failure = connect();
        if (failure == null) {
            failure = start();
        }
        if (failure == null) {
            failure = callReply();
        }
        return failure == null ? gre() : failure;
    }

    private @Nullable Failure connect() {
        Step refused = control.refused();
        Step asked = control.asked();
        if (control.isOpened() || (refused == null && asked == null)) {
            return null;
        }
        Inet4Address address = Judge.address(call.server());
        if (refused == null && !judge.silent() && !heardNothing(asked)) {
            return null;
        }
        judge.prove(asked);
        judge.prove(refused);
        ConnectFailure.Kind kind = ConnectFailure.Kind.TIMED_OUT;
        if (refused != null && refused.fact() instanceof Fact.Transport transport) {
            kind = switch (transport.step()) {
                case REFUSED -> ConnectFailure.Kind.REFUSED;
                case UNREACHABLE -> ConnectFailure.Kind.UNREACHABLE;
                default -> ConnectFailure.Kind.TIMED_OUT;
            };
        }
        Duration patience = Judge.between(asked, call.end());
        List<ConnectDiagnosis.Attempt> attempts =
                address == null ? List.of() : List.of(new ConnectDiagnosis.Attempt(address, kind, patience, ""));
        return attempts.isEmpty()
                ? ConnectDiagnosis.unreachable(judge.server(), ServerSettings.DEFAULT_PORT, kind)
                : ConnectDiagnosis.unreachable(judge.server(), ServerSettings.DEFAULT_PORT, attempts);
    }

    private boolean heardNothing(@Nullable Step asked) {
        return Judge.between(asked, call.end()).compareTo(STILLBORN) >= 0;
    }

    private @Nullable Failure start() {
        Step started = control.started();
        if (started == null || story.isAnswered() || story.link.lcp.heard(Side.SERVER)) {
            return null;
        }
        judge.prove(started);
        Step broken = control.broken();
        if (broken != null && broken.fact() instanceof Fact.Broken what) {
            judge.prove(broken);
            boolean foreign = what.reason() == DecodeResult.Reason.NOT_PPTP;
            return failure(
                    foreign
                            ? new ControlFailure.NotPptp(
                                    control.startAnswered() == null
                                            ? ControlFailure.Phase.SETTING_UP
                                            : ControlFailure.Phase.UP,
                                    what.evidence())
                            : new ControlFailure.BrokenMessage(what.evidence()));
        }
        StartControlConnectionReply reply = control.startReply();
        if (reply == null) {
            boolean wentOn = control.called() != null;
            return wentOn || call.isLackingControl() ? null : unstarted(started);
        }
        boolean accepted = reply.resultCode() == ResultCodes.OK || reply.resultCode() == 0;
        if (accepted && reply.protocolVersion() == VERSION) {
            return null;
        }
        judge.prove(control.startAnswered());
        return failure(new ControlFailure.StartRefused(
                reply.resultCode(), reply.errorCode(), reply.protocolVersion(), VERSION));
    }

    private @Nullable Failure unstarted(Step started) {
        Ending ending = story.link.ending();
        if (ending != null
                && ending.kind() == Ending.Kind.SERVER_CONTROL
                && ending.step() != null
                && message(ending.step()) instanceof StopControlConnectionRequest stop) {
            judge.prove(ending.step());
            return failure(new ControlFailure.Stopped(ControlFailure.Phase.SETTING_UP, stop.reason()));
        }
        if (ending != null && ending.kind() == Ending.Kind.SERVER_TCP) {
            judge.prove(ending.step());
            return failure(lost(ControlFailure.Stage.WAITING_FOR_START_REPLY, ending));
        }
        Moment end = ending != null && ending.step() != null ? ending.step().at() : call.end();
        Duration waited = Judge.rounded(Judge.between(started, end));
        return waited.compareTo(STILLBORN) < 0 && ending == null
                ? null
                : failure(new ControlFailure.Unanswered(ControlFailure.Awaited.START_REPLY, waited, 0));
    }

    private @Nullable Failure callReply() {
        Step called = control.called();
        if (called == null) {
            return null;
        }
        OutgoingCallReply reply = control.callReply();
        if (reply != null) {
            if (reply.resultCode() == ResultCodes.OK) {
                return null;
            }
            judge.prove(control.connected());
            return failure(new ControlFailure.CallRefused(reply.resultCode(), reply.errorCode(), reply.causeCode()));
        }
        if (story.isAnswered() || call.isLackingControl()) {
            return null; // in what was not recorded
        }
        judge.prove(called);
        Ending ending = story.link.ending();
        Moment end = ending != null && ending.step() != null ? ending.step().at() : call.end();
        if (ending != null && ending.kind() == Ending.Kind.SERVER_TCP) {
            judge.prove(ending.step());
            return failure(lost(ControlFailure.Stage.WAITING_FOR_CALL_REPLY, ending));
        }
        if (ending != null && ending.kind() == Ending.Kind.SERVER_CONTROL) {
            return ended(ending, ControlFailure.Phase.SETTING_UP, "");
        }
        Duration waited = Judge.rounded(Judge.between(called, end));
        if (waited.compareTo(STILLBORN) < 0) {
            return null;
        }
        return ControlDiagnosis.unansweredCall(
                new ControlFailure.Unanswered(ControlFailure.Awaited.CALL_REPLY, waited, 0),
                judge.server(),
                call.gre().of(Side.SERVER).packets);
    }

    /** Silence of GRE, of an accepted call. */
    private @Nullable Failure gre() {
        Step connected = control.connected();
        Gre.Count server = call.gre().of(Side.SERVER);
        if (call.source() == Call.Source.LOG) {
            return logged();
        }
        if (connected != null && server.payloads > 0 && call.gre().of(Side.CLIENT).packets == 0 && clientLeaves()) {
            judge.prove(connected);
            return GreDiagnosis.neverSent(judge.server(), server.packets);
        }
        if (connected != null && inwardsOnly()) {
            judge.prove(connected);
            judge.prove(story.link.lcp.last(Side.SERVER));
            return GreDiagnosis.inwardsOnly(
                    stats(), judge.server(), Judge.rounded(lasted(connected)).toSeconds());
        }
        if (connected == null
                || story.noGre()
                || (server.payloads + server.acknowledgements > 0 && !story.isClientDeaf())) {
            return null;
        }
        Duration lasted = lasted(connected);
        Ending ending = story.link.ending();
        if (ending != null && ending.kind() != Ending.Kind.CLIENT) {
            return null; // the server ended it, which is told of its own
        }
        if (lasted.compareTo(STILLBORN) < 0) {
            return null;
        }
        judge.prove(connected);
        long seconds = Judge.rounded(lasted).toSeconds();
        GreStats stats = stats();
        IcmpError icmp = icmp();
        if (story.isClientDeaf()) {
            return GreDiagnosis.droppedHere(stats, judge.server(), seconds);
        }
        Map<Inet4Address, Integer> elsewhere = call.gre().elsewhere();
        Inet4Address address = Judge.address(call.server());
        if (!elsewhere.isEmpty() && address != null) {
            return GreDiagnosis.fromElsewhere(
                    address, elsewhere.keySet().iterator().next(), elsewhere, seconds);
        }
        judge.prove(control.icmp());
        return icmp != null && icmp.isProtocolUnreachable() && icmp.offender().equals(address)
                ? GreDiagnosis.unreachable(icmp, stats, judge.server())
                : GreDiagnosis.blocked(stats, judge.server(), seconds, icmp);
    }

    private Duration lasted(Step connected) {
        Ending ending = story.link.ending();
        return Judge.between(
                connected,
                ending != null && ending.step() != null ? ending.step().at() : call.end());
    }

    private GreStats stats() {
        Gre.Count server = call.gre().of(Side.SERVER);
        GreStats stats = new GreStats();
        stats.sent = call.gre().of(Side.CLIENT).packets;
        stats.received = story.isClientDeaf() ? 0 : server.packets;
        stats.malformed = server.malformed;
        return stats;
    }

    /** The server asks and asks, and nothing shows that it hears: no answer, and no acknowledgement of GRE. */
    private boolean inwardsOnly() {
        Gre.Count server = call.gre().of(Side.SERVER);
        return server.payloads > 0
                && server.acknowledging == 0
                && story.link.lcp.clientAgreed()
                && !story.link.lcp.serverAgreed()
                && story.link.lcp.clientRequests() >= Story.PATIENT
                && clientLeaves();
    }

    private boolean clientLeaves() {
        Ending ending = story.link.ending();
        return ending != null && ending.kind() == Ending.Kind.CLIENT;
    }

    /** pppd's most frequent complaint: nothing at all came back. */
    private @Nullable Failure logged() {
        // Where it is the server's log, nothing of the client's came.
        boolean nothing = call.gre().of(Side.SERVER).payloads == 0 || call.gre().of(Side.CLIENT).payloads == 0;
        if (story.says("protocol not available") && nothing) {
            return GreDiagnosis.refusedByHost(judge.server());
        }
        int asked = story.link.lcp.clientRequests();
        if (!nothing || story.link.isUp() || (!story.waitedInVain() && asked < MOST_PATIENT)) {
            return null;
        }
        judge.prove(story.link.lcp.last(Side.CLIENT));
        judge.prove(story.link.lcp.last(Side.SERVER));
        return GreDiagnosis.unheard(judge.server(), asked);
    }

    private @Nullable IcmpError icmp() {
        Step step = control.icmp();
        return step != null && step.fact() instanceof Fact.Icmp fact
                ? new IcmpError(fact.type(), fact.code(), 0, fact.offender(), 0, fact.quotedCallId())
                : null;
    }

    /** How the control connection ended a call that the link has no word on; null where it did not. */
    @Nullable
    Failure end() {
        Ending ending = story.link.ending();
        if (ending == null || ending.kind() == Ending.Kind.CLIENT || ending.kind() == Ending.Kind.NONE) {
            return ending == null ? null : echoes(ending);
        }
        if (ending.kind() == Ending.Kind.HANGUP) {
            return RecordDiagnosis.told(LogDiagnosis.broken());
        }
        boolean begun = control.connected() != null || control.startAnswered() != null;
        boolean known = begun || story.link.isUp();
        if (ending.kind() == Ending.Kind.SERVER_LINK || (!known && !story.isHeadless())) {
            return null;
        }
        String during = during();
        if (ending.kind() == Ending.Kind.SERVER_CONTROL) {
            return ended(ending, phase(), during);
        }
        boolean early = control.called() == null && !story.isAnswered() && !call.isHeadMissing();
        ControlFailure lost = lost(early ? ControlFailure.Stage.BEFORE_CALL : ControlFailure.Stage.CALL, ending);
        Failure stillborn = stillborn(lost, ending);
        return stillborn == null ? ControlDiagnosis.of(lost, judge.server(), during) : stillborn;
    }

    private @Nullable Failure echoes(Ending ending) {
        if (control.echoesUnanswered() == 0
                || ending.step() == null
                || !ending.step().at().isTimed()) {
            return null;
        }
        Duration silent = Judge.between(control.last(Side.SERVER), ending.step().at());
        if (silent.compareTo(Duration.ofSeconds(90)) < 0) {
            return null;
        }
        Duration asked = Judge.between(control.last(Side.CLIENT), ending.step().at());
        return ControlDiagnosis.of(
                new ControlFailure.EchoLost(Judge.rounded(silent.minus(asked)), Judge.rounded(asked)),
                judge.server(),
                during());
    }

    private String during() {
        return story.link.isUp() || story.isHeadless() ? "" : " while " + judge.doing();
    }

    private ControlFailure.Phase phase() {
        boolean up = story.isAnswered() || story.link.isUp() || story.isHeadless();
        return up ? ControlFailure.Phase.UP : ControlFailure.Phase.SETTING_UP;
    }

    private Failure ended(Ending ending, ControlFailure.Phase phase, String during) {
        ControlFailure failure = new ControlFailure.Cleared(phase);
        if (ending.step() != null && ending.step().fact() instanceof Fact.Broken broken) {
            failure = broken.reason() == DecodeResult.Reason.NOT_PPTP
                    ? new ControlFailure.NotPptp(ControlFailure.Phase.UP, broken.evidence())
                    : new ControlFailure.BrokenMessage(broken.evidence());
        }
        ControlMessage message = ending.step() == null ? null : message(ending.step());
        if (message instanceof CallDisconnectNotify notify) {
            String statistics = notify.statistics().isEmpty() ? "" : PeerText.quote(notify.statistics(), 128);
            failure = new ControlFailure.Disconnected(
                    phase, notify.resultCode(), notify.errorCode(), notify.causeCode(), statistics);
        } else if (message instanceof StopControlConnectionRequest stop) {
            failure = new ControlFailure.Stopped(ControlFailure.Phase.UP, stop.reason());
        }
        judge.prove(ending.step());
        Failure stillborn = stillborn(failure, ending);
        return stillborn == null ? ControlDiagnosis.of(failure, judge.server(), during) : stillborn;
    }

    private @Nullable Failure stillborn(ControlFailure failure, Ending ending) {
        Step connected = control.connected();
        if (connected == null || ending.step() == null || call.gre().of(Side.SERVER).payloads > 0) {
            return null;
        }
        Duration lasted = Judge.between(connected, ending.step().at());
        judge.prove(connected);
        return lasted.compareTo(STILLBORN) < 0 && call.source() == Call.Source.CAPTURE
                ? ControlDiagnosis.stillborn(failure, judge.server(), lasted)
                : null;
    }

    private ControlFailure lost(ControlFailure.Stage stage, Ending ending) {
        int unfinished = 0;
        TransportEnd end = TransportEnd.CLOSED;
        if (ending.step() != null && ending.step().fact() instanceof Fact.Transport transport) {
            if (transport.step() == Fact.Transport.Step.RESET) {
                end = new TransportEnd(TransportEnd.Kind.BROKEN, "connection reset by peer");
            } else if (transport.said().matches("\\d{1,6}")) {
                unfinished = Integer.parseInt(transport.said());
            }
        }
        return new ControlFailure.TransportLost(stage, unfinished, end);
    }

    private Failure failure(ControlFailure failure) {
        return ControlDiagnosis.of(failure, judge.server(), "");
    }

    private static @Nullable ControlMessage message(Step step) {
        return step.fact() instanceof Fact.Control control ? control.message() : null;
    }
}
