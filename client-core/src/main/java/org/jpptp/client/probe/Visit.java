package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.control.CallIds;
import org.jpptp.control.ControlConfig;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.ControlOutput;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** One connection to one address, from the first message of control to an orderly end. */
final class Visit {
    /** What it is for. */
    enum Aim {
        /** What the server says of itself. */
        GREETING,
        /** The same; then a call, GRE, and the methods of authentication. */
        METHODS,
        /** A call, the types of EAP, and the size of packets. */
        SIZES,
        /** A call, and a log-on. */
        ENCRYPTION
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final Duration CALL_ANSWER = Duration.ofSeconds(12);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    /** For what comes after the call was accepted. */
    private static final Duration MOST = Duration.ofSeconds(15);
    /** A daemon that dies at its start does so within this time. */
    private static final Duration START = Duration.ofSeconds(3);

    private static final int EARLY = 8;
    /** Naks of each method that there is, and some. */
    private static final int NAKS = 12;

    private final Aim aim;
    private final Inet4Address address;
    private final ClientConfig client;
    private final String name;
    private final RandomGenerator random;
    private final ProbeEdge edge;
    private final Findings findings;
    private final VisitNotes notes;
    private final ControlConnection control;
    private final Queue<ByteBuf> early = new ArrayDeque<>();
    private @Nullable Talk talk;
    private @Nullable GreSilence silence;
    private long asked;
    private long connected;
    /** When to clear the call, whether or not the server has acknowledged the end of the link. */
    private long linkEndsAt = NEVER;
    /** When to give the control connection up. */
    private long stopsAt = NEVER;

    private State state = State.TALKING;

    private enum State {
        TALKING,
        CLOSING_LINK,
        CLOSING_CONTROL,
        OVER
    }

    /** @param tcp how long TCP took to be answered */
    Visit(
            Aim aim,
            Inet4Address address,
            Duration tcp,
            ClientConfig client,
            String hostName,
            RandomGenerator random,
            ProbeEdge edge,
            Findings findings) {
        this.aim = aim;
        this.address = address;
        this.client = client;
        this.name = PeerText.escape(client.server().host());
        this.random = random;
        this.edge = edge;
        this.findings = findings;
        this.notes = new VisitNotes(aim, address, tcp, client, findings);
        control = new ControlConnection(config(hostName), random, new ToServer(), notes);
    }

    private static ControlConfig config(String hostName) {
        ControlConfig usual = ControlConfig.standard(hostName);
        ControlConfig.Waits waits = usual.waits();
        return usual.with(new ControlConfig.Waits(ANSWER, CALL_ANSWER, waits.echoIdle(), waits.echoReply(), CLOSING));
    }

    void start(long now) {
        control.open(now);
    }

    boolean isOver() {
        return state == State.OVER;
    }

    void controlReceived(ByteBuf octets, long now) {
        control.receive(octets, now);
    }

    void controlClosed(TransportEnd how, long now) {
        control.transportClosed(how, now);
    }

    void greReceived(ByteBuf packet, int callId, long now) {
        if (talk != null) {
            talk.receive(packet, callId, now);
        } else if (early.size() < EARLY) {
            early.add(Unpooled.copiedBuffer(packet));
        }
    }

    void greBatchEnd(long now) {
        if (talk != null) {
            talk.batchEnd(now);
            look(talk, now);
        }
    }

    void greUnreachable(IcmpError error) {
        if (silence != null) {
            silence.icmp(error);
        }
    }

    void greRefused(int errno, long now) {
        if (errno == Errno.EPERM.code() && aim == Aim.METHODS && state == State.TALKING) {
            notes.noGre(ProbeReport.Passage.FORBIDDEN, GreDiagnosis.sendForbidden(name));
            stop(now);
        }
    }

    /** Ends it in order, whatever is going on. */
    void stop(long now) {
        if (state != State.TALKING) {
            return;
        }
        callIsOver();
        if (talk == null || talk.isClosed()) {
            closeControl(now);
        } else {
            state = State.CLOSING_LINK;
            linkEndsAt = now + CLOSING.toNanos();
            talk.close(now);
        }
    }

    private void closeControl(long now) {
        state = State.CLOSING_CONTROL;
        linkEndsAt = NEVER;
        control.close(now);
    }

    void onDeadline(long now) {
        control.onDeadline(now);
        Talk going = talk;
        if (going != null && state != State.OVER) {
            going.onDeadline(now);
            look(going, now);
        }
        if (state == State.TALKING && stopsAt != NEVER && now - stopsAt >= 0) {
            stop(now);
        }
        if (state == State.CLOSING_LINK && now - linkEndsAt >= 0) {
            closeControl(now);
        }
    }

    long deadlineNanos() {
        long earliest = Math.min(control.deadlineNanos(), Math.min(linkEndsAt, stopsAt));
        earliest = talk == null ? earliest : Math.min(earliest, talk.deadlineNanos());
        return silence == null ? earliest : Math.min(earliest, silence.deadlineNanos());
    }

    /** After everything that may have brought the call forward. */
    private void look(Talk going, long now) {
        if (state == State.CLOSING_LINK && going.isClosed()) {
            closeControl(now);
        } else if (state == State.TALKING && going.isDone(now)) {
            stop(now);
        } else if (state == State.TALKING && silence != null && silence.isOver(going, now)) {
            Failure why = silence.failure(going, name);
            if (why != null) {
                findings.fails(why);
            }
            stop(now);
        }
    }

    /** Nothing more is learned from it. */
    private void callIsOver() {
        if (talk == null) {
            return;
        }
        notes.called(talk, silence);
        if (silence != null) {
            silence.stop();
        }
        stopsAt = NEVER;
    }

    private final class ToServer implements ControlOutput {
        @Override
        public void send(ByteBuf octets) {
            edge.sendControl(octets);
        }

        @Override
        public void event(ControlEvent event, long now) {
            event.match(new Progress(now));
        }
    }

    private final class Progress implements ControlEvent.Cases {
        private final long now;

        Progress(long now) {
            this.now = now;
        }

        @Override
        public void accepted(ControlEvent.Accepted event) {
            notes.accepted(event);
            if (aim == Aim.GREETING) {
                closeControl(now);
                return;
            }
            int callId = CallIds.choose(random, id -> edge.callIdIsFree(address, id));
            Failure refused = edge.openGre(address, callId);
            if (refused != null) {
                notes.noGre(ProbeReport.Passage.NOT_ALLOWED, refused);
                closeControl(now);
                return;
            }
            asked = now;
            findings.calls++;
            control.placeCall(callId, now);
        }

        @Override
        public void callConnected(ControlEvent.CallConnected event) {
            if (state != State.TALKING) {
                return;
            }
            connected = now;
            stopsAt = now + MOST.toNanos();
            if (aim == Aim.METHODS) {
                findings.call =
                        new ProbeReport.Call(event.bitsPerSecond(), event.peerWindow(), Duration.ofNanos(now - asked));
                silence = new GreSilence(address, event.localCallId(), event.peerCallId(), edge, now);
            }
            Talk begun = talk(GreConfig.standard(event.localCallId(), event.peerCallId()));
            talk = begun;
            begun.open(now);
            for (ByteBuf packet = early.poll(); packet != null; packet = early.poll()) {
                begun.receive(packet, event.localCallId(), now);
            }
            begun.batchEnd(now);
        }

        @Override
        public void callEnded(ControlEvent.CallEnded event) {
            // Of a server only.
        }

        @Override
        public void ended(ControlEvent.Ended event) {
            over(event.failure(), now);
        }
    }

    private Talk talk(GreConfig call) {
        PppTiming usual = PppTiming.DEFAULT;
        PppTiming timing = new PppTiming(
                usual.restart(),
                usual.terminateRestart(),
                usual.maxConfigure(),
                usual.maxTerminate(),
                NAKS,
                usual.authentication(),
                usual.network(),
                usual.echoInterval(),
                usual.echoFailures());
        if (aim == Aim.ENCRYPTION) {
            return new LogOnTalk(client, call, random, edge::sendGre);
        }
        boolean eap = findings.link.asksForEap();
        String user = client.identity().credentials().name();
        return aim == Aim.METHODS
                ? new LinkTalk(
                        LinkTalk.Aim.METHODS,
                        demand -> false,
                        user,
                        null,
                        call,
                        timing,
                        random,
                        edge::sendGre,
                        edge::keepGreWhole)
                : new LinkTalk(
                        LinkTalk.Aim.SIZES,
                        demand -> !eap || LinkAims.isEap(demand),
                        user,
                        LinkAims.unnamed(findings.link).orElse(null),
                        call,
                        timing,
                        random,
                        edge::sendGre,
                        edge::keepGreWhole);
    }

    /** The control connection is over, in order or not. */
    private void over(ControlFailure why, long now) {
        boolean ours = state == State.CLOSING_CONTROL || state == State.CLOSING_LINK;
        if (!ours) {
            callIsOver();
        }
        state = State.OVER;
        stopsAt = NEVER;
        linkEndsAt = NEVER;
        if (silence != null) {
            silence.stop();
        }
        if (ours || why.cause() == ControlFailure.Cause.CLOSED) {
            return;
        }
        notes.broken(failure(why, now), talk == null ? VisitNotes.Before.THE_CALL : VisitNotes.Before.THE_END);
    }

    private Failure failure(ControlFailure why, long now) {
        Talk going = talk;
        Duration lasted = Duration.ofNanos(now - connected);
        if (going != null && going.stats().delivered == 0 && lasted.compareTo(START) < 0) {
            return ControlDiagnosis.stillborn(why, name, lasted);
        }
        return ControlDiagnosis.of(why, name, " while it was probed");
    }
}
