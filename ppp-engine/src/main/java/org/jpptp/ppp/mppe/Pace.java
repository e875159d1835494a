package org.jpptp.ppp.mppe;

/**
 * Guesses whether the next packet of a direction will be as long as this one: bulk comes in packets of one length. A wrong guess
 * costs time and nothing else.
 */
final class Pace {
    /** Below this, making key stream ahead gains less than looking after it costs. */
    private static final int LEAST_OCTETS = 256;

    private int last;

    /** Whether it is likely to, now that there is one of this many octets. */
    boolean goesOn(int octets) {
        boolean same = octets == last && octets >= LEAST_OCTETS;
        last = octets;
        return same;
    }
}
