package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RejectedProtocolsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int IPV6CP = 0x8057;

    private final RejectedProtocols rejected = new RejectedProtocols();

    @Test
    void eachIsToldOnceForFiveSeconds() {
        assertThat(rejected.recent(0)).isEmpty();
        rejected.add(IPV6CP, 0);
        rejected.add(IPV6CP, SECOND);
        rejected.add(0x8281, SECOND);
        assertThat(rejected.recent(5 * SECOND)).containsExactly(IPV6CP, 0x8281);
        assertThat(rejected.recent(7 * SECOND)).isEmpty();
        rejected.add(0x8281, 8 * SECOND);
        assertThat(rejected.recent(8 * SECOND)).containsExactly(0x8281);
    }

    /** Of all the protocols that sixteen bits can name, a flood leaves the first few. */
    @Test
    void aFloodOfThemIsNotRemembered() {
        rejected.add(IPV6CP, 0);
        for (int protocol = 0; protocol <= 0xFFFF; protocol++) {
            rejected.add(protocol, protocol);
        }
        assertThat(rejected.recent(SECOND)).hasSize(8).startsWith(IPV6CP, 0);
    }
}
