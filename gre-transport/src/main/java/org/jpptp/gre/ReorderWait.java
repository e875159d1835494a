package org.jpptp.gre;

import java.time.Duration;
import org.jpptp.gre.wire.SerialNumber;

/**
 * How long packets wait for an earlier one that is missing. Only time tells a late packet from a lost one, and what a link
 * has shown tells how much. Where nothing ever comes late, each loss halves the wait, for a packet that is lost holds up
 * all those behind it for nothing. Where packets do overtake one another, the wait is four times as long as that took,
 * which is forgotten slowly.
 */
final class ReorderWait {
    private static final int MARGIN = 4;
    /** What losses cannot bring the wait below, in parts of the longest. */
    private static final int LEAST = 10;
    /** How much of what came late each loss makes forget. */
    private static final int FORGETTING = 64;

    private final long longest;
    /** As long as nothing is known. */
    private long unknown;
    /** By what came late. */
    private long known;
    /** The numbers that were waited for in vain last: from the first to before the other. */
    private int givenUpFrom;

    private int givenUpTo;

    /** @param longest how long at most, and to begin with */
    ReorderWait(Duration longest) {
        this.longest = longest.toNanos();
        unknown = this.longest;
    }

    /** How long a packet waits now. */
    long nanos() {
        return Math.max(unknown, known);
    }

    /** What was missing has come after so long. */
    void late(long afterNanos) {
        known = Math.max(known, Math.min(longest, MARGIN * afterNanos));
    }

    /** What was missing has not come: the numbers from the first to before the other. */
    void inVain(int from, int to) {
        givenUpFrom = from;
        givenUpTo = to;
        unknown = Math.max(longest / LEAST, unknown / 2);
        known -= known / FORGETTING;
    }

    /** A number of the past has come. Where it was given up, the wait was too short. */
    void past(int sequence) {
        if (!SerialNumber.isAfter(givenUpFrom, sequence) && SerialNumber.isAfter(givenUpTo, sequence)) {
            known = longest;
        }
    }
}
