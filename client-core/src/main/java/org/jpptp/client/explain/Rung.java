package org.jpptp.client.explain;

import org.jpptp.client.explain.evidence.Side;

/**
 * A step as it is shown.
 *
 * @param number of the packet in the capture, or of the line in the log
 * @param millis since the first step, -1 where nobody knows
 * @param from who did it
 * @param kind whether it tells of progress
 * @param text in words, printable ASCII
 */
public record Rung(long number, long millis, Side from, Kind kind, String text) {
    /** What a step is for. */
    public enum Kind {
        PROGRESS,
        /** It only asks whether the other is still there, or says so. */
        KEEPALIVE
    }
}
