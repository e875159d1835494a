package org.jpptp.client.doctor;

import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What one check came to.
 *
 * @param about a word for it
 * @param seen a sentence
 * @param command what mends it, to be run as it stands there, or {@link #REPAIRED_BY_US}; empty for nothing
 * @param reason what a tunnel would fail for; null unless it is a fault
 */
public record Finding(
        Mark mark,
        String about,
        String seen,
        String command,
        @Nullable FailureReason reason) {
    /** In place of a command: the program mends this by itself when it is told to. */
    public static final String REPAIRED_BY_US = "repair";

    /** How much it matters. */
    public enum Mark {
        FINE,
        /** It may matter. */
        WARNING,
        /** No tunnel comes up, or none carries anything. */
        FAULT
    }

    public static Finding fine(String about, String seen) {
        return new Finding(Mark.FINE, about, seen, "", null);
    }

    public static Finding warning(String about, String seen, String command) {
        return new Finding(Mark.WARNING, about, seen, command, null);
    }

    public static Finding fault(String about, String seen, String command, FailureReason reason) {
        return new Finding(Mark.FAULT, about, seen, command, reason);
    }
}
