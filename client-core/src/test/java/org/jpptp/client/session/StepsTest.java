package org.jpptp.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final List<String> told = new ArrayList<>();
    private final Steps steps = new Steps(told::add);

    /** What happens between an answer and our next question, such as the loading of classes, is no time of the server's. */
    @Test
    void aStepTakesWhatTheNetworkTakes() {
        steps.start(-1_000, Duration.ofNanos(200), 0);
        steps.wentOut(500);
        steps.wentOut(600);
        assertThat(steps.next("calling", 620)).isEqualTo(Duration.ofNanos(320));
        steps.wentOut(1_700);
        assertThat(steps.next("negotiating", 1_710)).isEqualTo(Duration.ofNanos(10));
        assertThat(steps.next("authenticating", 1_730)).isEqualTo(Duration.ofNanos(20));
        assertThat(steps.started()).isEqualTo(-1_000);
        assertThat(told).containsExactly("calling", "negotiating", "authenticating");
    }
}
