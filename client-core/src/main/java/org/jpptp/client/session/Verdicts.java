package org.jpptp.client.session;

import java.time.Duration;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.diagnosis.Background;
import org.jpptp.client.diagnosis.ControlDiagnosis;
import org.jpptp.client.diagnosis.LinkDiagnosis;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/** Keeps what a tunnel came to, and with that turns what ends it into a verdict: the reason that came first counts. */
final class Verdicts {
    /** A daemon that dies at its start does so within this time; one that lives has sent its first frame by then. */
    private static final Duration START = Duration.ofSeconds(3);

    private final ClientConfig client;
    private final String server;
    private final ControlConnection control;
    private final EarlyPackets early;
    private Background background = Background.NONE;
    private long callConnected;
    private boolean wasUp;
    private long upNanos;
    private @Nullable Failure failure;
    private @Nullable PolicySettings another;

    /** @param server as the user knows it */
    Verdicts(ClientConfig client, String server, ControlConnection control, EarlyPackets early) {
        this.client = client;
        this.server = server;
        this.control = control;
        this.early = early;
    }

    void callConnected(long now) {
        callConnected = now;
    }

    void authenticated(AuthMethod method) {
        background = background.with(method);
    }

    void encryption(PppEvent.EncryptionSettled settled) {
        if (encrypts(settled.send()) || encrypts(settled.receive())) {
            background = background.with(Background.Encryption.AGREED);
        }
    }

    /** Traffic flows from now on. */
    void up(long now) {
        wasUp = true;
        upNanos = now;
    }

    /** Whether the user waits no more. */
    boolean wasUp() {
        return wasUp;
    }

    /** How long traffic has flown. */
    Duration upFor(long now) {
        return Duration.ofNanos(wasUp ? now - upNanos : 0);
    }

    private static boolean encrypts(PppEvent.@Nullable Coding coding) {
        return coding != null && coding.strength() != null;
    }

    /** Of what has ended the link. */
    Failure ofLink(PppFailure why, long now) {
        if (!wasUp) {
            another = AnotherCall.after(why, client.policy());
        }
        return of(why, now);
    }

    private Failure of(PppFailure why, long now) {
        return LinkDiagnosis.of(why, client, withControl(why, now));
    }

    /**
     * The session ends, unless something had ended it before: a link that is ending already has a reason, and only waits for
     * the peer's word, or for another password, while what the server said of the last one is the cause of every end.
     *
     * @param why null where the user wanted it
     * @param link null before the call
     */
    void ends(@Nullable Failure why, @Nullable TunneledLink link, long now) {
        PppFailure ending = link == null ? null : link.ending(now);
        failure = ending == null || ending.cause() == PppFailure.Cause.CLOSED ? why : of(ending, now);
    }

    /** The session ends for this reason, whatever the link is about to end for. */
    void endsOnlyFor(@Nullable Failure why) {
        failure = why;
    }

    /**
     * The control connection has ended, without anybody's wish. A server hangs up when the link fails, often before the link's
     * own end: the link knows why.
     *
     * @param doing what was going on
     */
    void broke(ControlFailure why, @Nullable TunneledLink link, String doing, long now) {
        if (failure == null && why.cause() != ControlFailure.Cause.CLOSED) {
            PppFailure ending = link == null ? null : link.ending(now);
            failure = ending != null ? ofLink(ending, now) : of(why, link, wasUp ? "" : doing, now);
        }
    }

    /** What is told of the end, when the control connection has come to its own. */
    SessionEnd end(ControlFailure last, Traffic traffic, long now) {
        return new SessionEnd(
                failure,
                wasUp,
                traffic,
                upFor(now),
                another,
                last.cause() == ControlFailure.Cause.ALREADY_CONNECTED
                        ? SessionEnd.Prospect.LATER
                        : SessionEnd.Prospect.FINAL);
    }

    /** Of a link that went silent it matters whether the control connection was heard in the meantime. */
    private Background withControl(PppFailure failure, long now) {
        Duration interval = client.timing().ppp().echoInterval();
        return failure instanceof LinkFailure.EchoLost lost
                        && control.heardWithin(interval.multipliedBy(lost.unanswered()), now)
                ? background.with(Background.Control.ANSWERS)
                : background;
    }

    /**
     * Of what ends the control connection.
     *
     * @param link null before the call
     * @param doing what was going on, empty where the tunnel was up
     */
    private Failure of(ControlFailure failure, @Nullable TunneledLink link, String doing, long now) {
        if (failure instanceof ControlFailure.Unanswered unanswered
                && unanswered.awaited() == ControlFailure.Awaited.CALL_REPLY) {
            return ControlDiagnosis.unansweredCall(failure, server, early.arrived());
        }
        Duration lasted = Duration.ofNanos(now - callConnected);
        boolean ended =
                failure.cause() == ControlFailure.Cause.PEER_ENDED || failure.cause() == ControlFailure.Cause.LOST;
        if (ended && link != null && link.greStats().delivered == 0 && lasted.compareTo(START) < 0) {
            return ControlDiagnosis.stillborn(failure, server, lasted);
        }
        return ControlDiagnosis.of(failure, server, doing.isEmpty() ? "" : " while " + doing);
    }
}
