package org.jpptp.client.session;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * How a session ended.
 *
 * @param failure null where the user ended it
 * @param wasUp whether traffic flowed before
 * @param traffic what passed, and what did not
 * @param upFor how long it was up
 * @param another under what policy another call may succeed, null where none is to be made
 * @param prospect whether the same may work a little later
 */
public record SessionEnd(
        @Nullable Failure failure,
        boolean wasUp,
        Traffic traffic,
        Duration upFor,
        @Nullable PolicySettings another,
        Prospect prospect) {
    /** What is to be expected of another try. */
    public enum Prospect {
        /** The same. */
        FINAL,
        /** Success, once the server has forgotten an old connection. */
        LATER
    }

    /** The end of one that never was up. */
    public static SessionEnd neverUp(@Nullable Failure failure) {
        return new SessionEnd(failure, false, Traffic.NONE, Duration.ZERO, null, Prospect.FINAL);
    }
}
