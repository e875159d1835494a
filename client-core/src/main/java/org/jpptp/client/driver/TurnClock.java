package org.jpptp.client.driver;

import java.util.function.LongSupplier;

/**
 * The time of one turn of the event loop, read once however many packets have their turn in it: within one batch the time
 * hardly moves, and on some machines, such as a user-mode Linux guest, reading it is a system call.
 */
public final class TurnClock {
    private final LongSupplier clock;
    private boolean known;
    private long nanos;

    /** @param clock is read once a turn */
    public TurnClock(LongSupplier clock) {
        this.clock = clock;
    }

    /** When this turn began; the first who asks begins it. */
    public long now() {
        if (!known) {
            nanos = clock.getAsLong();
            known = true;
        }
        return nanos;
    }

    /** Who asks next is in the next turn. */
    public void endTurn() {
        known = false;
    }
}
