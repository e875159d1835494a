package org.jpptp.ppp.mppe;

/**
 * Guesses whether the next packet of a direction will be as long as this one: bulk comes in packets of one length. A wrong guess
 * costs time and nothing else.
 */
final class Pace {
    /** Below this, making key stream ahead gains less than looking after it costs. */
    private static final int LEAST_OCTETS = 256;
    /** Two packets of one length and an acknowledgement, again and again, is what two flows look like that go opposite ways. */
    private static final int LEAST_RUN = 3;

    private int last;
    private int run;

    /** Whether the next packet is likely to be as long as this one, which has so many octets. */
    boolean goesOn(int octets) {
        run = octets == last ? Math.min(run + 1, LEAST_RUN) : 1;
        last = octets;
        return run >= LEAST_RUN && octets >= LEAST_OCTETS;
    }
}
