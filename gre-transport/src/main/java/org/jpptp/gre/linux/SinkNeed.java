package org.jpptp.gre.linux;

/**
 * Whether the {@link Sink} has to stand beside its socket. Not while bulk comes and is read as it comes: then its copy of each packet is
 * felt, and the loop is awake and sees in time when the queue grows. Decides by what it is told, and asks no clock.
 */
final class SinkNeed {
    /** How long datagrams are counted. */
    static final long WINDOW_NANOS = 20_000_000;
    /** As many in that time, fifty thousand a second, are bulk. */
    static final int BULK = 1000;
    /** Octets in the queue, as the kernel counts them, from which on the loop does not keep up: some hundred datagrams. */
    static final int BACKLOG = 1 << 20;
    /** How long one that did not keep up is not trusted. */
    static final long DISTRUST_NANOS = 1_000_000_000;

    private boolean needed = true;
    private boolean always;
    private boolean distrusted;
    /** That of the last backlog. */
    private long lastBacklog;

    private long begin;
    private int datagrams;

    boolean isNeeded() {
        return needed || always;
    }

    /** From now on it stays, as where the queue cannot be made longer. */
    void always() {
        always = true;
    }

    /** So many datagrams were read. */
    void read(int count, long now) {
        elapsed(now);
        datagrams += count;
    }

    /** Time has passed, whatever came. */
    void elapsed(long now) {
        long passed = now - begin;
        if (passed < WINDOW_NANOS) {
            return;
        }
        if (distrusted && now - lastBacklog >= DISTRUST_NANOS) {
            distrusted = false;
        }
        needed = distrusted || datagrams < BULK || passed >= 2 * WINDOW_NANOS;
        begin = now;
        datagrams = 0;
    }

    /** So many octets wait in the queue. */
    void queued(int octets, long now) {
        if (octets > BACKLOG) {
            needed = true;
            distrusted = true;
            lastBacklog = now;
        }
    }
}
