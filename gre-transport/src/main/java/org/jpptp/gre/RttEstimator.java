package org.jpptp.gre;

/**
 * The adaptive acknowledgement time-out of RFC 2637 §4.4.1. The RFC controls a send window with it; here nothing waits
 * for a window, so it is a statistic: how long the peer takes, and how often it took too long.
 *
 * <p>Two differences follow from that. The first sample seeds the average, because no packet processing delay is there to
 * do it. And a time-out doubles the time-out alone until the next sample (§4.4.2 doubles the average, which would then
 * tell a round-trip time that nobody measured).
 */
final class RttEstimator {
    private static final long MINIMUM_TIMEOUT = 10_000_000L;
    private static final long MAXIMUM_TIMEOUT = 10_000_000_000L;
    /** χ, the gain of the deviation. */
    private static final long CHI = 4;
    /** δ, the gain of a time-out. */
    private static final long DELTA = 2;

    private boolean sampled;
    private long rtt;
    private long deviation;
    private long timeout = MAXIMUM_TIMEOUT;

    /**
     * Takes the time from a packet's transmission to its acknowledgement.
     *
     * @param nanos a negative one, from a clock that went backwards, counts as 0
     */
    void sample(long nanos) {
        long sample = Math.max(0, nanos);
        if (sampled) {
            long difference = sample - rtt;
            deviation += (Math.abs(difference) - deviation) / 4; // β = 1/4
            rtt += difference / 8; // α = 1/8
        } else {
            sampled = true;
            rtt = sample;
        }
        timeout = bounded(rtt + CHI * deviation);
    }

    /** An acknowledgement did not come within {@link #timeoutNanos}. */
    void timedOut() {
        timeout = bounded(timeout * DELTA);
    }

    /** The smoothed round-trip time; 0 before the first sample. */
    long rttNanos() {
        return rtt;
    }

    /** ATO: how long an acknowledgement may take before it is considered lost. */
    long timeoutNanos() {
        return timeout;
    }

    private static long bounded(long nanos) {
        return Math.max(MINIMUM_TIMEOUT, Math.min(nanos, MAXIMUM_TIMEOUT));
    }
}
