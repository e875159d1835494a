package org.jpptp.gre;

import java.time.Duration;

/** The acknowledgement that the peer is owed: for how many payloads, and how long it may wait for a packet to ride on. */
final class OwedAcknowledgement {
    private final long patience;
    private int payloads;
    /** When to send it alone; means something while there are {@link #payloads}. */
    private long deadline;

    OwedAcknowledgement(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** The next packet carries one although nothing has come yet. */
    void addForNothing() {
        payloads = 1;
        deadline = Deadlines.NEVER;
    }

    /** One more payload has come. */
    void add(long now) {
        if (payloads++ == 0) {
            deadline = now + patience;
        }
    }

    /** The last payload is as if it had not come; its acknowledgement may have gone already. */
    void takeBack() {
        payloads = Math.max(0, payloads - 1);
    }

    /** Whether there is one; it goes now. */
    boolean settle() {
        boolean owed = payloads > 0;
        payloads = 0;
        return owed;
    }

    /** For how many payloads it is. */
    int payloads() {
        return payloads;
    }

    /** Whether it has waited long enough. */
    boolean isOverdue(long now) {
        return payloads > 0 && now - deadline >= 0;
    }

    /** When it goes alone, {@link Long#MAX_VALUE} for never. */
    long deadlineNanos() {
        return payloads > 0 ? deadline : Deadlines.NEVER;
    }
}
