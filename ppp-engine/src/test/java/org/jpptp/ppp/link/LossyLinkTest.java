package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.junit.jupiter.api.Test;

class LossyLinkTest {
    private static final int SEEDS = 1000;

    @Test
    void comesUpOrSaysWhyNot() {
        int up = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            // The clock's origin is anywhere, and its overflow happens to some.
            Lab lab = new Lab(Configs.client(), Configs.server(), seed, Long.MAX_VALUE - seed * 100_000_000L);
            lab.loss = 0.3;
            lab.duplication = 0.1;
            lab.reordering = 0.2;
            lab.open().runUntilSettled().run(Duration.ofMinutes(3));
            lab.loss = 0;
            lab.duplication = 0;
            lab.reordering = 0;
            lab.run(Duration.ofMinutes(3));
            String trace = "seed " + seed + "\n" + String.join("\n", lab.log);
            for (Lab.End end : new Lab.End[] {lab.client, lab.server}) {
                PppFailure failure = end.failure();
                assertThat(end.up() || failure != null).as(trace).isTrue();
                if (failure != null) {
                    assertThat(failure.cause())
                            .as(trace)
                            .isIn(
                                    Cause.LCP_TIMEOUT,
                                    Cause.LCP_NOT_CONVERGING,
                                    Cause.AUTH_TIMEOUT,
                                    Cause.NETWORK_TIMEOUT,
                                    Cause.PEER_TERMINATED,
                                    Cause.LINK_LOST);
                    assertThat(end.link.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
                }
            }
            assertThat(lab.client.up()).as(trace).isEqualTo(lab.server.up());
            if (lab.client.up()) {
                up++;
                for (byte i = 0; i < 3; i++) {
                    assertThat(lab.client.send(new byte[] {1, i})).as(trace).isTrue();
                    assertThat(lab.server.send(new byte[] {2, i})).as(trace).isTrue();
                }
                lab.run(Duration.ofSeconds(1));
                assertThat(lab.client.delivered).as(trace).hasSize(3);
                assertThat(lab.server.delivered).as(trace).hasSize(3);
            }
        }
        assertThat(up).as("even so, most come up").isGreaterThan(SEEDS / 2);
    }
}
