package org.jpptp.client;

import java.time.Duration;
import org.jpptp.ppp.PppTiming;

/**
 * How long everything may take.
 *
 * @param comingUp how long the tunnel may take to come up, without the time that the user takes to answer
 * @param answering how long the user may take to answer a question
 * @param greSilence how long an accepted call may go without one GRE packet before GRE counts as blocked
 * @param unreachableGrace how long GRE may still come after ICMP said protocol-unreachable: a server may open its
 *     socket as late as pppd repeats its first packet, after 3 s, or twice as late
 * @param closingLink how long the LCP Terminate exchange may take when we end the link
 * @param ppp timers of the PPP link, with the LCP Echoes that show whether it still lives
 */
public record Timing(
        Duration comingUp,
        Duration answering,
        Duration greSilence,
        Duration unreachableGrace,
        Duration closingLink,
        PppTiming ppp) {
    /**
     * A minute to come up is long enough for every time-out below it to explain itself. An orderly end stays below 5 s:
     * 2 s for LCP, then two messages of 1 s each.
     */
    public static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofSeconds(9),
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            PppTiming.DEFAULT);

    /** The same with other timers of the link. */
    public Timing with(PppTiming other) {
        return new Timing(comingUp, answering, greSilence, unreachableGrace, closingLink, other);
    }

    /** The same with more time to come up, or less. */
    public Timing withComingUp(Duration limit) {
        return new Timing(limit, answering, greSilence, unreachableGrace, closingLink, ppp);
    }
}
