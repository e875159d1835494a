package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** In virtual time. */
class SinkNeedTest {
    private static final long MILLISECOND = 1_000_000;
    /** Of a batch. */
    private static final int COUNT = 50;

    private final SinkNeed need = new SinkNeed();
    private long now = 5_000_000_000L;

    /** Batches of {@link #COUNT}, one a millisecond: fifty thousand datagrams a second. */
    private void bulk(int milliseconds) {
        come(milliseconds, COUNT);
    }

    private void come(int milliseconds, int count) {
        for (int i = 0; i < milliseconds; i++) {
            need.read(count, now);
            now += MILLISECOND;
        }
    }

    @Test
    void itIsNeededAtFirst() {
        assertThat(need.isNeeded()).isTrue();
        come(10, COUNT);
        assertThat(need.isNeeded()).isTrue();
    }

    @Test
    void itIsNotNeededWhileBulkIsRead() {
        bulk(100);
        assertThat(need.isNeeded()).isFalse();
        bulk(5000);
        assertThat(need.isNeeded()).isFalse();
    }

    @Test
    void itIsNeededWhereLessComes() {
        come(1000, COUNT - 1);
        assertThat(need.isNeeded()).isTrue();
        bulk(100);
        come(100, COUNT - 1);
        assertThat(need.isNeeded()).isTrue();
    }

    @Test
    void itIsNeededAgainWhenNothingComesAnyMore() {
        bulk(100);
        need.elapsed(now);
        now += 20 * MILLISECOND;
        need.elapsed(now);
        now += 20 * MILLISECOND;
        need.elapsed(now);
        assertThat(need.isNeeded()).isTrue();
    }

    /** A loop that was stopped finds as much as bulk, and did not read it as it came. */
    @Test
    void itIsNeededAfterAPause() {
        come(10, COUNT);
        come(5, 1000);
        now += 60_000 * MILLISECOND;
        need.read(COUNT, now);
        assertThat(need.isNeeded()).isTrue();
    }

    @Test
    void itIsNeededAsLongAsTheQueueGrows() {
        bulk(100);
        need.queued(SinkNeed.BACKLOG, now);
        assertThat(need.isNeeded()).isFalse();
        need.queued(SinkNeed.BACKLOG + 1, now);
        assertThat(need.isNeeded()).isTrue();
        bulk(990);
        assertThat(need.isNeeded()).isTrue();
        bulk(60);
        assertThat(need.isNeeded()).isFalse();
    }

    @Test
    void itStaysWhereTheQueueCannotBeMadeLonger() {
        bulk(100);
        need.always();
        bulk(100);
        assertThat(need.isNeeded()).isTrue();
    }
}
