package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RttEstimatorTest {
    private static final long MILLI = 1_000_000L;
    private final RttEstimator estimator = new RttEstimator();

    @Test
    void knowsNothingBeforeTheFirstSample() {
        assertThat(estimator.rttNanos()).isZero();
        assertThat(estimator.timeoutNanos()).isEqualTo(10_000 * MILLI);
    }

    @Test
    void followsTheFormulasOfTheRfc() {
        estimator.sample(80 * MILLI);
        assertThat(estimator.rttNanos()).isEqualTo(80 * MILLI);
        estimator.sample(160 * MILLI); // DIFF 80, DEV 0 + 80/4, RTT 80 + 80/8
        assertThat(estimator.rttNanos()).isEqualTo(90 * MILLI);
        assertThat(estimator.timeoutNanos()).isEqualTo((90 + 4 * 20) * MILLI);
        estimator.sample(50 * MILLI); // DIFF -40, DEV 20 + (40 - 20)/4, RTT 90 - 40/8
        assertThat(estimator.rttNanos()).isEqualTo(85 * MILLI);
        assertThat(estimator.timeoutNanos()).isEqualTo((85 + 4 * 25) * MILLI);
    }

    @Test
    void aTimeoutDoublesTheTimeoutUntilTheNextSampleAndWithinBounds() {
        estimator.sample(100 * MILLI);
        estimator.timedOut();
        assertThat(estimator.timeoutNanos()).isEqualTo(200 * MILLI);
        assertThat(estimator.rttNanos()).isEqualTo(100 * MILLI);
        for (int i = 0; i < 100; i++) {
            estimator.timedOut();
        }
        assertThat(estimator.timeoutNanos()).isEqualTo(10_000 * MILLI);
        estimator.sample(100 * MILLI);
        assertThat(estimator.timeoutNanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void aTimeoutIsNeverTooShort() {
        estimator.sample(1);
        estimator.sample(-5);
        assertThat(estimator.timeoutNanos()).isEqualTo(10 * MILLI);
    }
}
