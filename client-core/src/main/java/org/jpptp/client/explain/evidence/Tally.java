package org.jpptp.client.explain.evidence;

/** How many datagrams went each way, in a row or in all. */
public final class Tally {
    private final long[] encrypted = new long[2];
    private final long[] clear = new long[2];
    private long octets;

    /** How a datagram travels. */
    public enum Cover {
        ENCRYPTED,
        CLEAR
    }

    /** One more. */
    public void add(Side from, Cover cover, int length) {
        (cover == Cover.ENCRYPTED ? encrypted : clear)[index(from)]++;
        octets += length;
    }

    /** How many of one side. */
    public long of(Side from, Cover cover) {
        return (cover == Cover.ENCRYPTED ? encrypted : clear)[index(from)];
    }

    /** How many of one side, in clear or not. */
    public long of(Side from) {
        return encrypted[index(from)] + clear[index(from)];
    }

    /** Octets of all of them. */
    public long octets() {
        return octets;
    }

    /** The two sides change places. */
    void swap() {
        swap(encrypted);
        swap(clear);
    }

    private static void swap(long[] counts) {
        long first = counts[0];
        counts[0] = counts[1];
        counts[1] = first;
    }

    private static int index(Side side) {
        return side == Side.CLIENT ? 0 : 1;
    }
}
