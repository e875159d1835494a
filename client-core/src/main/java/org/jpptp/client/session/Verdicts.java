package org.jpptp.client.session;

import java.time.Duration;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
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

/** Keeps what a tunnel came to, and with that turns what ends it into a verdict. */
final class Verdicts {
    /** A daemon that dies at its start does so within this time; one that lives has sent its first frame by then. */
    private static final Duration START = Duration.ofSeconds(3);

    private final ClientConfig client;
    private final String server;
    private final ControlConnection control;
    private final EarlyPackets early;
    private Background background = Background.NONE;
    private long callConnected;

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

    private static boolean encrypts(PppEvent.@Nullable Coding coding) {
        return coding != null && coding.strength() != null;
    }

    /** Of what ends the link. */
    Failure of(PppFailure failure, long now) {
        return LinkDiagnosis.of(failure, client, withControl(failure, now));
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
    Failure of(ControlFailure failure, @Nullable TunneledLink link, String doing, long now) {
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
