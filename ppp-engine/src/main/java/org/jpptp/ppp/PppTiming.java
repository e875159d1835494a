package org.jpptp.ppp;

import java.time.Duration;

/**
 * Timers and counters of a link.
 *
 * @param restart the Restart timer of RFC 1661 §4.6; the first repetitions of a Configure-Request are sooner
 * @param terminateRestart the same for Terminate-Requests: shorter, because a user waits for the end and one of them
 *     may be lost
 * @param maxConfigure Configure-Requests sent without an answer before giving up, not counting those sent sooner
 * @param maxTerminate Terminate-Requests sent without an answer before giving up
 * @param maxFailure Configure-Naks sent or followed without converging before Rejects are sent, or the link given up
 * @param authentication how long the whole authentication may take
 * @param network how long CCP and IPCP may take together, after authentication
 * @param echoInterval how often LCP Echo-Requests are sent on a quiet link, zero for never
 * @param echoFailures unanswered Echo-Requests after which the link is lost, 0 for any number
 */
public record PppTiming(
        Duration restart,
        Duration terminateRestart,
        int maxConfigure,
        int maxTerminate,
        int maxFailure,
        Duration authentication,
        Duration network,
        Duration echoInterval,
        int echoFailures) {
    /** What pppd and Windows do, and the keepalive of docs/architecture.md: 15 s × 4. */
    public static final PppTiming DEFAULT = new PppTiming(
            Duration.ofSeconds(3),
            Duration.ofMillis(600),
            10,
            3,
            5,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            4);

    /** The same with other Echo-Requests. */
    public PppTiming withEcho(Duration interval, int failures) {
        return new PppTiming(
                restart,
                terminateRestart,
                maxConfigure,
                maxTerminate,
                maxFailure,
                authentication,
                network,
                interval,
                failures);
    }
}
