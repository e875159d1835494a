package org.jpptp.gre;

/** The payloads that were sent: the number of each, and what the peer's acknowledgements tell of them (RFC 2637 §4.4). */
final class SentPayloads {
    /** Packets back to which the time of sending is remembered; a power of two. */
    private static final int REMEMBERED = 512;

    private final GreStats stats;
    private final RttEstimator rtt = new RttEstimator();
    private final long[] sentAt = new long[REMEMBERED];
    private int next;
    private long count;
    /** Those after the last one that the peer acknowledged. */
    private long unacknowledged;

    private long waitingSince;

    SentPayloads(int firstSequence, GreStats stats) {
        this.next = firstSequence;
        this.stats = stats;
    }

    /** How many the peer has not acknowledged. */
    long unacknowledged() {
        return unacknowledged;
    }

    /** Gives the next payload its number; it is sent now. */
    int number(long now) {
        if (unacknowledged == 0) {
            waitingSince = now;
        } else if (now - waitingSince > rtt.timeoutNanos()) {
            // Looked at when sending only: a statistic is not worth a timer.
            stats.acknowledgementTimeouts++;
            rtt.timedOut();
            waitingSince = now;
        }
        sentAt[next & (REMEMBERED - 1)] = now;
        count++;
        unacknowledged++;
        return next++;
    }

    /** The peer has received this number; returns whether fewer are on their way than before. */
    boolean acknowledged(int sequence, long now) {
        // How many payloads were sent after it; when all of them or more, it was never sent itself.
        long after = Integer.toUnsignedLong(next - 1 - sequence);
        if (after >= count) {
            stats.bogusAcknowledgements++;
            return false;
        }
        if (after >= unacknowledged) {
            return false;
        }
        unacknowledged = after;
        waitingSince = now;
        if (after < REMEMBERED) {
            rtt.sample(now - sentAt[sequence & (REMEMBERED - 1)]);
            stats.smoothedRttNanos = rtt.rttNanos();
        }
        return true;
    }
}
