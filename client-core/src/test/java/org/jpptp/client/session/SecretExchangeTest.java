package org.jpptp.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import org.jpptp.client.ClientConfig;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent.Secret;
import org.jpptp.ppp.PppEvent.SecretWanted;
import org.jpptp.ppp.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretExchangeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final SecretWanted WRONG =
            new SecretWanted(Secret.CREDENTIALS, new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", 691, ""));
    private static final SecretWanted EXPIRED =
            new SecretWanted(Secret.NEW_PASSWORD, new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", 648, ""));

    private final Credentials first = new Credentials("alice", "wrong".toCharArray());
    private final Credentials second = new Credentials("alice", "secret".toCharArray());
    private final SessionEdge edge = mock(SessionEdge.class);
    private final Deadlines deadlines = new Deadlines();
    private final Steps steps = new Steps(line -> {});
    private final SecretExchange exchange = new SecretExchange(ClientConfig.to("vpn", first), edge, deadlines, steps);

    @BeforeEach
    void tenSecondsAreUsedUp() {
        steps.start(0, Duration.ZERO, 0);
        deadlines.set(Deadlines.Timer.UP, 60 * SECOND);
    }

    @Test
    void theTimeThatAPersonTypesIsNotCounted() {
        exchange.ask(WRONG, 10 * SECOND);
        assertThat(deadlines.isSet(Deadlines.Timer.UP)).isFalse();
        assertThat(deadlines.earliest()).isEqualTo(130 * SECOND);
        verify(edge).askSecret(WRONG, first);

        exchange.answer(second, 100 * SECOND);
        assertThat(deadlines.earliest()).isEqualTo(150 * SECOND);
        assertThat(steps.next("later", 101 * SECOND)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void theNextQuestionIsAboutTheLastAnswer() {
        exchange.ask(WRONG, 0);
        exchange.answer(second, SECOND);
        assertThat(exchange.changesPassword()).isFalse();
        exchange.ask(EXPIRED, 2 * SECOND);
        verify(edge).askSecret(EXPIRED, second);
        exchange.answer(second, 3 * SECOND);
        assertThat(exchange.changesPassword()).isTrue();
    }

    @Test
    void anOpenQuestionIsNotAskedAgain() {
        exchange.ask(WRONG, 0);
        exchange.ask(WRONG, 5 * SECOND);
        verify(edge, times(1)).askSecret(WRONG, first);
        assertThat(deadlines.earliest()).isEqualTo(120 * SECOND);
    }

    @Test
    void givingUpChangesNothing() {
        exchange.ask(EXPIRED, 0);
        assertThat(exchange.isOpen()).isTrue();
        exchange.answer(null, SECOND);
        assertThat(exchange.isOpen()).isFalse();
        assertThat(exchange.changesPassword()).isFalse();
        exchange.end(2 * SECOND);
        assertThat(deadlines.earliest()).isEqualTo(61 * SECOND);
    }
}
