package org.jpptp.gre;

import org.jpptp.gre.wire.SerialNumber;

/**
 * Which sequence numbers are believed. A forged packet needs the peer's address, our call id and a number of this window;
 * it must not be able to move the window to where the genuine numbers are not.
 *
 * <ul>
 *   <li>The first number seen starts the window, whatever it is (0 and 1 are both in use). One that comes before it later
 *       is late: PPP repeats what it lost, but does not bear disorder.
 *   <li>Numbers up to {@value #FORWARD} beyond the highest seen are believed at once.
 *   <li>Farther ones are believed when {@value #RUN} packets in a row, none from the window among them, agree on where
 *       the peer is: a long loss costs a few packets more, forged numbers between genuine ones cost nothing.
 *   <li>Numbers of the past are duplicates or late. Only after {@value #QUIET_NANOS} ns without a believed packet the
 *       same agreement brings the window back: that is a peer that has begun to count anew, and it must not be
 *       locked out.
 * </ul>
 */
final class SequenceWindow {
    /** What to do with a packet of a number. */
    enum Verdict {
        /** In the window. */
        BELIEVED,
        /** The first number of all. */
        FIRST,
        /** The window starts anew here; nothing before this number is waited for. */
        RESTART,
        /** Delivered before, or given up. */
        PAST,
        /** Too far ahead. */
        IMPLAUSIBLE
    }

    static final int FORWARD = 256;
    static final int RUN = 4;
    static final long QUIET_NANOS = 1_000_000_000L;

    /** Numbers of a run differ by this at most: some loss and disorder may be among them too. */
    private static final int RUN_STEP = 64;

    private boolean started;
    private int highest;
    private long believedAt;
    private int suspect;
    private int run;

    /**
     * Judges a number.
     *
     * @param expected the next number in order
     */
    Verdict judge(int sequence, int expected, long now) {
        if (!started) {
            started = true;
            restart(sequence, now);
            return Verdict.FIRST;
        }
        int ahead = SerialNumber.distance(expected, sequence);
        // The right side is small, so that nothing overflows: the highest number is never far beyond the expected one.
        if (ahead >= 0 && ahead <= FORWARD + SerialNumber.distance(expected, highest)) {
            if (SerialNumber.isAfter(sequence, highest)) {
                highest = sequence;
            }
            believedAt = now;
            run = 0;
            return Verdict.BELIEVED;
        }
        boolean past = ahead < 0;
        if (continuesRun(sequence) && (!past || now - believedAt >= QUIET_NANOS)) {
            restart(sequence, now);
            return Verdict.RESTART;
        }
        return past ? Verdict.PAST : Verdict.IMPLAUSIBLE;
    }

    /** The highest number believed: what an acknowledgement carries (RFC 2637 §4.1). */
    int highest() {
        return highest;
    }

    private void restart(int sequence, long now) {
        highest = sequence;
        believedAt = now;
        run = 0;
    }

    private boolean continuesRun(int sequence) {
        int step = SerialNumber.distance(suspect, sequence);
        if (run == 0 || step < -RUN_STEP || step > RUN_STEP) {
            run = 1;
        } else if (step != 0) {
            run++;
        }
        suspect = sequence;
        return run >= RUN;
    }
}
