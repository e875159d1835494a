package org.jpptp.gre.wire;

/**
 * 32-bit sequence numbers on a circle (RFC 1982): of two numbers the later one is that which is reached forwards in fewer
 * than 2³¹ steps, so that counting past 2³² − 1 needs no thought elsewhere.
 */
public final class SerialNumber {
    private SerialNumber() {}

    /** Steps forwards from one number to another; negative when the other one comes before it. */
    public static int distance(int from, int to) {
        return to - from;
    }

    /** Whether {@code number} comes after {@code other}. */
    public static boolean isAfter(int number, int other) {
        return distance(other, number) > 0;
    }
}
