package org.jpptp.client.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepWatchTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SleepWatch watch = new SleepWatch();

    @Test
    void aMachineThatIsAwakeIsLookedAtEveryFiveSeconds() {
        assertThat(watch.look(1_000_000 * SECOND, 5)).isZero();
        assertThat(watch.earlier(Long.MAX_VALUE)).isEqualTo(5 + 5 * SECOND);
        assertThat(watch.earlier(7)).isEqualTo(7);
        assertThat(watch.look(1_000_010 * SECOND, 5 + 10 * SECOND)).isZero();
        // A second of another program's, and a packet that comes before the deadline.
        assertThat(watch.look(1_000_021 * SECOND, 5 + 21 * SECOND)).isZero();
        assertThat(watch.look(1_000_022 * SECOND, 5 + 22 * SECOND)).isZero();
    }

    @Test
    void sleepIsNoticedWhetherTheOtherClockStoodStillOrNot() {
        assertThat(watch.look(0, 0)).isZero();
        assertThat(watch.look(130 * SECOND, 5 * SECOND)).isEqualTo(Duration.ofSeconds(130));
        assertThat(watch.look(140 * SECOND, 20 * SECOND)).isZero();
        assertThat(watch.look(260 * SECOND, 140 * SECOND)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theFirstLookTellsNothing() {
        assertThat(watch.look(1_000 * SECOND, 0)).isZero();
    }
}
