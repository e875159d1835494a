package org.jpptp.client.driver;

/**
 * The time of one turn of the event loop, read once however many packets have their turn in it: within one batch the time
 * hardly moves, and on some machines, such as a user-mode Linux guest, reading it is a system call.
 */
public final class TurnClock {
    private boolean known;
    private long nanos;

    /** When this turn began, by {@link System#nanoTime}; the first who asks begins it. */
    public long nowNanos() {
        if (!known) {
            nanos = System.nanoTime();
            known = true;
        }
        return nanos;
    }

    /** Who asks next is in the next turn. */
    public void endTurn() {
        known = false;
    }
}
