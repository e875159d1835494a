package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.CALL_SLOW;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.control.CallIds;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.gre.GreConfig;

/** The one call of a session: asked for when the server lets us in, and the link over it when it connects. */
final class CallSetup {
    private final SessionConfig config;
    private final RandomGenerator random;
    private final SessionEdge edge;
    private final LinkReport report;
    private final Steps steps;
    private final Deadlines deadlines;
    private final GreWatch greWatch;
    private final SessionTrace trace;
    private final EarlyPackets early = new EarlyPackets();

    CallSetup(
            SessionConfig config,
            RandomGenerator random,
            SessionEdge edge,
            LinkReport report,
            Steps steps,
            Deadlines deadlines,
            GreWatch greWatch,
            SessionTrace trace) {
        this.config = config;
        this.random = random;
        this.edge = edge;
        this.report = report;
        this.steps = steps;
        this.deadlines = deadlines;
        this.greWatch = greWatch;
        this.trace = trace;
    }

    /** What came over GRE before the call was connected. */
    EarlyPackets early() {
        return early;
    }

    /** The server has let us in. Returns why there can be no call. */
    Optional<Failure> ask(ControlEvent.Accepted event, ControlConnection control, long now) {
        report.answered(
                config.server(),
                config.client().server().port(),
                event,
                steps.next("waiting for the server's answer to our call request", now));
        int callId = CallIds.choose(random, edge::callIdIsFree);
        Failure why = edge.openGre(callId, early);
        if (why == null) {
            control.placeCall(callId, now);
            deadlines.set(CALL_SLOW, now + config.control().waits().reply().toNanos());
        }
        return Optional.ofNullable(why);
    }

    /** The call connects. Returns the link over it, which is still to be opened. */
    TunneledLink connected(ControlEvent.CallConnected event, TunneledLink.Listener listener, long now) {
        deadlines.clear(CALL_SLOW);
        report.called(event, steps.next("negotiating the link (LCP)", now));
        greWatch.start(event.localCallId(), event.peerCallId(), now);
        return new TunneledLink(
                GreConfig.standard(event.localCallId(), event.peerCallId()),
                config.link(),
                random,
                edge.ends(),
                FrameGate.OPEN,
                listener,
                trace);
    }

    /** Warns of a server that takes its time. */
    void onDeadline(long now) {
        if (deadlines.expired(CALL_SLOW, now)) {
            report.warn(ControlDiagnosis.callIsSlow(
                    config.control().waits().reply(), config.control().waits().callReply(), early.arrived()));
        }
    }
}
