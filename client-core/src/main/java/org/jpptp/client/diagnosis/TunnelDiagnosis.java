package org.jpptp.client.diagnosis;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;

/** What it means to a user that the tunnel was not up when it should have been. */
public final class TunnelDiagnosis {
    private TunnelDiagnosis() {}

    /**
     * The user stopped it.
     *
     * @param doing what was going on, such as "negotiating the link (LCP)"
     */
    public static Failure interrupted(String doing) {
        return Failure.of(
                FailureReason.INTERRUPTED, "Stopped before the tunnel was up, while " + doing + ".", Remedy.NONE);
    }

    /**
     * The call failed over methods of authentication, and another follows.
     *
     * @param policy of the other call
     */
    public static String onceMore(PolicySettings policy) {
        return policy.hasEap()
                ? "The server goes on with EAP only: calling once more, with EAP."
                : "The server's EAP came to no method that is allowed: calling once more, without EAP.";
    }

    /**
     * A warning: the peer is silent.
     *
     * @param unanswered how many LCP Echo-Requests in a row it has not answered
     * @param atMost how many it may leave unanswered
     */
    public static String echoMissed(String server, int unanswered, int atMost) {
        return "The server " + server + " has not answered " + unanswered + " LCP Echo-Requests in a row; after "
                + atMost + " the link counts as lost.";
    }

    /**
     * It took longer than the user wanted to wait.
     *
     * @param doing what was still going on
     */
    public static Failure notUpInTime(Duration timeout, String doing) {
        return Failure.of(
                FailureReason.NOT_UP_IN_TIME,
                "The tunnel was not up within " + timeout.toSeconds() + " s; it was still " + doing + ".",
                Remedy.of("Run again with ")
                        .set(Setting.VERBOSE, "1")
                        .say(" to see each step, or allow more time with ")
                        .set(Setting.TIMEOUT)
                        .say("."));
    }
}
