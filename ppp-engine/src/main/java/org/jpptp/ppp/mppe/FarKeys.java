package org.jpptp.ppp.mppe;

import java.util.Arrays;
import org.jpptp.ppp.coding.Coherency;

/**
 * Keys of packets far ahead of those that came, for a link that lost more in one piece than the twelve bits of a count can
 * tell. Every {@value #STEP}th key that was computed is kept: a forger who also forges the transport's numbers makes us
 * compute {@link Coherency#REACH} keys once, and {@value #STEP} for each forged packet.
 */
final class FarKeys {
    private static final int STEP = 256;
    private static final int MARKS = 2 * Coherency.REACH / STEP;

    private final KeyChange change;
    private final byte[] key;
    private final byte[] marks;
    /** The position of the key in each place of {@link #marks}, or -1. */
    private final long[] marked = new long[MARKS];

    FarKeys(KeyChange change) {
        this.change = change;
        key = new byte[change.octets()];
        marks = new byte[MARKS * key.length];
        Arrays.fill(marked, -1);
    }

    /**
     * Computes a key.
     *
     * @param from the position of a key that is known: how many packets were counted before its own
     * @param keys where that is
     * @param index the index there, in octets
     * @param to the position of the wanted key, after that
     * @return valid until the next call
     */
    byte[] key(long from, byte[] keys, int index, long to) {
        System.arraycopy(keys, index, key, 0, key.length);
        long position = from;
        for (long mark = to & -STEP; mark > from && position == from; mark -= STEP) {
            if (marked[place(mark)] == mark) {
                System.arraycopy(marks, place(mark) * key.length, key, 0, key.length);
                position = mark;
            }
        }
        while (position < to) {
            change.next(key, 0, 0);
            position++;
            if (position % STEP == 0) {
                System.arraycopy(key, 0, marks, place(position) * key.length, key.length);
                marked[place(position)] = position;
            }
        }
        return key;
    }

    private static int place(long position) {
        return (int) (position / STEP) & (MARKS - 1);
    }
}
