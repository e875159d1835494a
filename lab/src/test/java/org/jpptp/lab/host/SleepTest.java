package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;

/** A host that sleeps for two minutes, as laptops do. */
class SleepTest {
    private static final Duration SLEEP = Duration.ofMinutes(2);
    /** Until it is noticed, and until five questions have found no answer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(16);

    @Test
    void aServerThatWentMeanwhileIsMissedAtOnce() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        tunnel.runFor(Duration.ofSeconds(3));
        tunnel.host.cutOff();
        tunnel.host.sleep(SLEEP);
        long woke = tunnel.host.now();
        long[] ended = new long[1];
        tunnel.on(TunnelEvent.Ended.class, () -> ended[0] = tunnel.host.now());
        Failure failure = tunnel.failure();

        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(Duration.ofNanos(ended[0] - woke)).isLessThan(AT_ONCE.plusSeconds(4));
    }

    @Test
    void aServerThatIsStillThereIsKept() {
        MemoryTunnel tunnel = new MemoryTunnel().connect();
        for (int i = 0; i < 5; i++) {
            tunnel.host.sleep(SLEEP);
            tunnel.runFor(Duration.ofMinutes(1));
        }
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }
}
