package org.jpptp.control;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Chooses call ids: 16 bits that tell the calls between two addresses apart (RFC 2637 §4.1). */
public final class CallIds {
    private static final int HIGHEST = 0xFFFF;

    private CallIds() {}

    /**
     * A call id that is free. Never 0, which some peers take for "none". Random, because a stale call or NAT entry of an
     * earlier session would swallow the packets of a call with the same id.
     *
     * @return 1…65535; one that is not free only where none is
     */
    public static int choose(RandomGenerator random, IntPredicate free) {
        int first = 1 + random.nextInt(HIGHEST);
        int id = first;
        while (!free.test(id)) {
            id = id % HIGHEST + 1;
            if (id == first) {
                break;
            }
        }
        return id;
    }
}
