package org.jpptp.client.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The largest size is found to the octet, in few rounds, also where much is lost. */
class PathSearchTest {
    private static final int MOST = 1500;
    private static final int ROUNDS = 9;

    @Test
    void everyLimitIsFoundToTheOctetInFewRounds() {
        for (int limit = 576; limit <= MOST; limit++) {
            PathSearch search = new PathSearch(MOST);
            int rounds = 0;
            while (!search.isOver()) {
                assertThat(++rounds).as("rounds for " + limit).isLessThanOrEqualTo(ROUNDS);
                for (int size : search.round()) {
                    if (size <= limit) {
                        search.passed(size);
                    }
                }
                if (!search.isOver()) {
                    search.roundOver();
                }
            }
            assertThat(search.passes()).isEqualTo(limit);
            assertThat(search.isLimited()).isEqualTo(limit < MOST);
        }
    }

    @Test
    void aLossIsNoLimit() {
        PathSearch search = new PathSearch(MOST);
        search.round().stream().filter(size -> size < MOST).forEach(search::passed);
        assertThat(search.isOver()).isFalse();
        search.roundOver();
        assertThat(search.hasLost()).isTrue();
        assertThat(search.round()).containsExactly(MOST);
        search.passed(MOST);
        assertThat(search.isOver()).isTrue();
        assertThat(search.isLimited()).isFalse();
    }

    @Test
    void whereNothingComesBackNothingIsSaid() {
        PathSearch search = new PathSearch(MOST);
        search.roundOver();
        search.roundOver();
        assertThat(search.isOver()).isTrue();
        assertThat(search.passes()).isZero();
        assertThat(search.isLimited()).isFalse();
    }

    /** Its answers came too late, both times, and those to smaller ones in time. */
    @Test
    void whatWasLostTwiceIsTriedAgainInTheEnd() {
        for (int late : new int[] {1500, 1492, 1480}) {
            PathSearch search = new PathSearch(MOST);
            int lost = 0;
            for (int rounds = 0; !search.isOver(); rounds++) {
                assertThat(rounds).isLessThan(2 * ROUNDS);
                for (int size : search.round()) {
                    if (size < late || lost >= 2) {
                        search.passed(size);
                    }
                }
                lost += search.round().contains(late) ? 1 : 0;
                if (!search.isOver()) {
                    search.roundOver();
                }
            }
            assertThat(search.passes()).as("late at %d", late).isEqualTo(MOST);
        }
    }
}
