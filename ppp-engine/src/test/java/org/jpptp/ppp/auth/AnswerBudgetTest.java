package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int FLOOD = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 3})
    void someAMinuteWheneverItBegins(long start) {
        AnswerBudget budget = new AnswerBudget();
        int inTheFirst = 0;
        int inTheSecond = 0;
        for (int i = 0; i < 120_000; i++) { // one each millisecond
            boolean answered = budget.take(start + i * SECOND / 1000);
            inTheFirst += answered && i < 60_000 ? 1 : 0;
            inTheSecond += answered && i >= 60_000 ? 1 : 0;
        }
        assertThat(inTheFirst).isEqualTo(19);
        assertThat(inTheSecond).isEqualTo(10);
        assertThat(budget.take(start + 3600 * SECOND))
                .as("whoever asks seldom is answered")
                .isTrue();
    }

    /** PPP servers ask again every some minutes, as `chap-interval` of pppd has it: always answered. */
    @Test
    void aServerThatAsksEveryTenSecondsIsAlwaysAnswered() {
        AnswerBudget budget = new AnswerBudget();
        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.take(10L * i * SECOND)).isTrue();
        }
    }

    /** Each with another identifier and value, or always the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFloodOfChallengesIsAnsweredByAFew(boolean different) {
        Recorder output = new Recorder();
        AuthRole.Authenticatee alice = new AuthRole.Authenticatee(
                new Credentials("alice", "secret".toCharArray()), Set.of(AuthMethod.CHAP_MD5));
        ChapMd5Client client = new ChapMd5Client(alice, Duration.ofSeconds(30), output);
        client.start(0);
        client.receive(challenge(7, new byte[16]), 0);
        client.receive(success(7), 0);
        assertThat(output.results).hasSize(1);
        Random random = new Random(1);
        for (int i = 0; i < FLOOD; i++) {
            byte[] value = new byte[16];
            if (different) {
                random.nextBytes(value);
            }
            client.receive(challenge(different ? i & 0xff : 7, value), i * SECOND / 1000);
        }
        assertThat(output.sent).hasSizeLessThan(20).hasSizeGreaterThan(5);
        client.receive(challenge(200, new byte[] {1, 2, 3}), 600 * SECOND);
        client.receive(success(200), 600 * SECOND);
        assertThat(output.failures).isEmpty();
    }

    private static ByteBuf challenge(int id, byte[] value) {
        ByteBuf out = Unpooled.buffer();
        new ChapPacket.Challenge(id, value, new byte[] {'g'}).writeTo(out);
        return out;
    }

    private static ByteBuf success(int id) {
        ByteBuf out = Unpooled.buffer();
        new ChapPacket.Success(id, new byte[0]).writeTo(out);
        return out;
    }
}
