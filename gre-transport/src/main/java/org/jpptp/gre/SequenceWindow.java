package org.jpptp.gre;

import org.jpptp.gre.wire.SerialNumber;

/**
 * Which sequence numbers are due, early or past. A forged packet needs the peer's address, our call id and any number; it
 * must not be able to move the window to where the genuine numbers are not. So only packets that were taken for genuine
 * move it.
 *
 * <ul>
 *   <li>The first packet that is not refused starts the window. Peers count from 0 or from 1, and some first packets may be
 *       lost, so its number must lie within {@value #FIRST} of 0; others are believed as those far ahead are, and only until
 *       one near 0 comes. One that comes before it later is late: PPP repeats what it lost, but does not bear disorder.
 *   <li>Numbers from {@link #expected} to {@link #awaited} are due. The two differ where a number was waited for in vain,
 *       or an unproven packet had it: no other packet waits for these any more, but a genuine one is still welcome.
 *   <li>Numbers not much farther are early: they wait for those between.
 *   <li>Others are tried when {@value #RUN} packets in a row agree on where the peer is, and none from the window was
 *       taken among them; those of the past only after {@value #QUIET_NANOS} ns without a packet taken. Then a
 *       long loss costs a few packets more, and a peer that counts anew is not locked out. Far ahead, one that answers
 *       what only the peer can have seen is enough.
 * </ul>
 */
final class SequenceWindow {
    /** What to do with a packet of a number. */
    enum Verdict {
        /** Deliver it. */
        DUE,
        /** Hold it, or give up waiting for earlier ones. */
        EARLY,
        /** Try it: if it is genuine, the window starts anew here. */
        SUSPECT,
        /** Delivered before, or given up. */
        PAST,
        /** Too far ahead. */
        IMPLAUSIBLE
    }

    static final int FORWARD = 256;
    static final int FIRST = 4096;
    static final int RUN = 4;
    static final long QUIET_NANOS = 1_000_000_000L;

    /** Numbers of a run differ by this at most: some loss and disorder may be among them too. */
    private static final int RUN_STEP = 64;

    /** Numbers behind the awaited one that are still welcome, at most. */
    private static final int WELCOME = 4096;

    private final int early;
    private boolean started;
    private int expected;
    private int awaited;
    private int highest = -1;
    /** Numbers between the expected and the awaited one that an unproven packet had. */
    private int unproven;

    /** Whether a payload was ever proven; from then on no other moves the window. */
    private boolean proven;
    /** Whether the first number was not near 0. */
    private boolean startedFar;

    private long lastTaken;
    private int suspect;
    private int run;

    /** @param holdable how many packets can wait for an earlier one */
    SequenceWindow(int holdable) {
        early = Math.max(FORWARD - 1, holdable);
    }

    Verdict judge(int sequence, long now) {
        boolean near = sequence >= -FIRST && sequence < FIRST;
        if (!started || (near && startedFar && !proven)) {
            return near ? judgeNear() : judgeFirst(sequence, now);
        }
        int ahead = SerialNumber.distance(awaited, sequence);
        if (ahead > 0 && ahead <= early) {
            return Verdict.EARLY;
        }
        boolean past = SerialNumber.isAfter(expected, sequence);
        if (ahead <= 0 && !past) {
            return Verdict.DUE;
        }
        if (continuesRun(sequence) && (!past || now - lastTaken >= QUIET_NANOS)) {
            return Verdict.SUSPECT;
        }
        return past ? Verdict.PAST : Verdict.IMPLAUSIBLE;
    }

    private Verdict judgeNear() {
        started = false;
        startedFar = false;
        return Verdict.DUE;
    }

    /** A first number that no peer is known to count from: believed when nothing else has come for a while. */
    private Verdict judgeFirst(int sequence, long now) {
        if (run == 0) {
            lastTaken = now;
        }
        startedFar = continuesRun(sequence) && now - lastTaken >= QUIET_NANOS;
        return startedFar ? Verdict.DUE : Verdict.IMPLAUSIBLE;
    }

    /** The lowest number that early packets wait for. */
    int awaited() {
        return awaited;
    }

    /** The highest number received: what an acknowledgement carries (RFC 2637 §4.1). */
    int highest() {
        return highest;
    }

    /** A payload is proven. */
    void prove() {
        proven = true;
    }

    /** Whether only proven payloads move the window. */
    boolean wantsProof() {
        return proven;
    }

    /** A packet is there, whether or not it can be delivered yet. */
    void received(int sequence) {
        if (!started || SerialNumber.isAfter(sequence, highest)) {
            highest = sequence;
        }
    }

    /** It was refused: as if it had not come. */
    void refused(int highestBefore) {
        highest = highestBefore;
    }

    /**
     * A packet is genuine, as far as one can ask: its number and those before are done with.
     *
     * @return how many of those before were lost
     */
    int settle(int sequence, long now) {
        if (!started) {
            return restart(sequence, now);
        }
        int lost = lostBefore(sequence);
        unproven = 0;
        expected = sequence + 1;
        if (SerialNumber.isAfter(expected, awaited)) {
            awaited = expected;
        }
        taken(now);
        return lost;
    }

    /** The window starts anew behind a genuine packet; returns how many before it were lost. */
    int restart(int sequence, long now) {
        int lost = started ? lostBefore(sequence) : 0;
        started = true;
        unproven = 0;
        expected = sequence + 1;
        awaited = expected;
        highest = sequence;
        taken(now);
        return lost;
    }

    /** Nobody waits any longer for the number that was awaited, but it remains welcome. */
    void giveUp() {
        waitBehind(awaited);
    }

    /**
     * Whether a refused packet may have its turn, as {@link #pass} gives it: from a peer with other keys than ours nothing is
     * ever proven, and each packet is to be looked at in its turn. A forger must not get far that way.
     */
    boolean passesRefused(int sequence) {
        return started && !proven && SerialNumber.distance(expected, sequence) < FORWARD;
    }

    /** A number had an unproven packet: nobody waits for it any longer, but it remains welcome for a genuine one. */
    void pass(int sequence) {
        unproven++;
        if (!SerialNumber.isAfter(awaited, sequence)) {
            waitBehind(sequence);
        }
    }

    private void waitBehind(int sequence) {
        awaited = sequence + 1;
        if (SerialNumber.distance(expected, awaited) > WELCOME) {
            expected = awaited - WELCOME;
        }
    }

    private int lostBefore(int sequence) {
        return Math.max(0, SerialNumber.distance(expected, sequence) - unproven);
    }

    private void taken(long now) {
        lastTaken = now;
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
