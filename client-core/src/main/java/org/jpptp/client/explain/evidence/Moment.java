package org.jpptp.client.explain.evidence;

/**
 * Where something stands, and when it was.
 *
 * @param number of the packet in a capture, of the line in a log
 * @param nanos since 1970, or of any origin; {@link #NO_TIME} where nobody says
 */
public record Moment(long number, long nanos) {
    /** The time of what has none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Whether it is known when it was. */
    public boolean isTimed() {
        return nanos != NO_TIME;
    }
}
