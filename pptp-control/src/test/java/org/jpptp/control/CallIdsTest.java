package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallIdsTest {
    @Test
    void idsAreDrawnFromAllButZero() {
        SplittableRandom random = new SplittableRandom(11);
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            ids.add(CallIds.choose(random, id -> true));
        }
        assertThat(ids).hasSizeGreaterThan(1900).allMatch(id -> id >= 1 && id <= 0xFFFF);
    }

    /** All of them, one after the other, and then there is none. */
    @Test
    void noIdIsChosenTwiceWhileItIsInUse() {
        SplittableRandom random = new SplittableRandom(12);
        BitSet used = new BitSet();
        for (int i = 0; i < 0xFFFF; i++) {
            int id = CallIds.choose(random, candidate -> !used.get(candidate));
            assertThat(used.get(id)).isFalse();
            used.set(id);
        }
        assertThat(used.get(0)).isFalse();
        assertThat(used.cardinality()).isEqualTo(0xFFFF);
        assertThat(CallIds.choose(random, candidate -> !used.get(candidate))).isBetween(1, 0xFFFF);
    }
}
