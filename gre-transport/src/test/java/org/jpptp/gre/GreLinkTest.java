package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunnel against tunnel. */
class GreLinkTest {
    private static final int PAYLOADS = 3_000;

    @Test
    void aGoodPathDeliversEverythingWithoutHolding() {
        SimulatedLink link = new SimulatedLink(1, new SimulatedLink.Path(0, 0, 0, 1), 0);
        link.run(PAYLOADS);
        for (SimulatedLink.Side side : new SimulatedLink.Side[] {link.left, link.right}) {
            assertThat(side.delivered).hasSize(PAYLOADS).isSorted().doesNotHaveDuplicates();
            assertThat(side.tunnel.stats().reordered).isZero();
            assertThat(side.tunnel.stats().bogusAcknowledgements).isZero();
            assertThat(side.tunnel.stats().smoothedRttNanos).isBetween(1_000_000L, 102_000_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1000"})
    void disorderAndDuplicatesWithinTheTimeToHoldCostNothing(int firstSequence) {
        SimulatedLink link = new SimulatedLink(2, new SimulatedLink.Path(0, 0.2, 0, 60), firstSequence);
        link.run(PAYLOADS);
        for (SimulatedLink.Side side : new SimulatedLink.Side[] {link.left, link.right}) {
            GreStats stats = side.tunnel.stats();
            // The first arrival starts the count; those before it on the line are late.
            assertThat(side.delivered).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(PAYLOADS - 60);
            assertThat(side.delivered.get(side.delivered.size() - 1) - side.delivered.get(0) + 1)
                    .as("no gap")
                    .isEqualTo(side.delivered.size());
            assertThat(stats.lost).isZero();
            assertThat(stats.reordered).isPositive();
            assertThat(stats.duplicate).isPositive();
            assertThat(stats.bogusAcknowledgements).isZero();
        }
    }

    /** What came before it was believed is gone, which shortens the time to hold for a while. */
    @Test
    void aPeerThatCountsFromElsewhereIsBelievedAfterASecond() {
        SimulatedLink link = new SimulatedLink(2, new SimulatedLink.Path(0, 0.2, 0, 60), 2147482648);
        link.run(PAYLOADS);
        for (SimulatedLink.Side side : new SimulatedLink.Side[] {link.left, link.right}) {
            assertThat(side.delivered).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(PAYLOADS - 1100);
            assertThat(side.delivered.get(0)).isGreaterThan(950);
        }
    }

    @ParameterizedTest(name = "loss {0}, duplication {1}, corruption {2}, delays up to {3} ms")
    @CsvSource({
        "0.01, 0,    0,    1",
        "0.01, 0.01, 0,    20",
        "0.10, 0.10, 0,    50",
        "0.30, 0.10, 0.05, 90",
        "0.50, 0.30, 0.10, 90",
        "0.05, 0.05, 0.05, 400",
    })
    void aBadPathNeverBreaksOrderNorDoubles(double loss, double duplication, double corruption, int longestDelay) {
        for (int firstSequence : new int[] {0, -1000}) {
            for (long seed = 1; seed <= 5; seed++) {
                SimulatedLink.Path path = new SimulatedLink.Path(loss, duplication, corruption, longestDelay);
                SimulatedLink link = new SimulatedLink(seed, path, firstSequence);
                link.run(PAYLOADS);
                check(link.left, link.right, path);
                check(link.right, link.left, path);
            }
        }
    }

    private static void check(SimulatedLink.Side to, SimulatedLink.Side from, SimulatedLink.Path path) {
        GreStats stats = to.tunnel.stats();
        assertThat(to.delivered).isSorted().doesNotHaveDuplicates();
        assertThat(to.delivered).allMatch(number -> number >= 0 && number < from.sent);
        assertThat(stats.delivered).isEqualTo(to.delivered.size());
        // Held for 100 ms, less when delays are longer: then what comes last of all is late.
        double share = path.longestDelayMillis() > 100 ? 0.2 : 0.97;
        assertThat(to.delivered.size()).isGreaterThan((int) (PAYLOADS * (1 - path.loss() - path.corruption()) * share));
        assertThat(stats.lost + stats.delivered)
                .as("every number is delivered or given up, but for those at either end")
                .isBetween((long) PAYLOADS - 250, (long) PAYLOADS);
    }
}
