package org.jpptp.client.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.supervise.ReconnectPolicy.Fate;
import org.jpptp.client.supervise.ReconnectPolicy.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectPolicyTest {
    private static final ReconnectSettings ON = ReconnectSettings.on(Mode.FAIL_CLOSED);

    /** A network, a name, a server or its state: all of these may be other in a moment. */
    private static final Set<FailureReason> MENDED = EnumSet.of(
            FailureReason.NAME_NOT_FOUND,
            FailureReason.REFUSED,
            FailureReason.TIMED_OUT,
            FailureReason.CONTROL_REFUSED,
            FailureReason.CALL_REFUSED,
            FailureReason.GRE_BLOCKED,
            FailureReason.GRE_UNREACHABLE,
            FailureReason.LINK_NEGOTIATION_FAILED,
            FailureReason.ADDRESSES_REFUSED,
            FailureReason.ENDED_BY_SERVER,
            FailureReason.LINK_LOST,
            FailureReason.NOT_UP_IN_TIME,
            FailureReason.NAME_UNANSWERED);

    /** What a server says against a client. */
    private static final Set<FailureReason> VERDICTS = EnumSet.of(
            FailureReason.AUTH_METHOD_REFUSED,
            FailureReason.CREDENTIALS_REJECTED,
            FailureReason.ACCOUNT_RESTRICTED,
            FailureReason.SERVER_PROOF_WRONG,
            FailureReason.ENCRYPTION_REFUSED);

    private static ReconnectPolicy policy(ReconnectSettings settings) {
        return new ReconnectPolicy(settings, new SplittableRandom(1));
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherTryCannotMendIsNotTriedAgain(FailureReason reason) {
        Fate expected = MENDED.contains(reason) ? Fate.AGAIN : Fate.OVER;
        assertThat(policy(ON).after(reason, Verdicts.BELIEVED, 0)).isEqualTo(expected);
        assertThat(policy(ON).after(reason, Verdicts.BELIEVED, 1_000_000)).isEqualTo(expected);
        assertThat(policy(ReconnectSettings.on(Mode.FAIL_OPEN)).after(reason, Verdicts.BELIEVED, 0))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatAServerHadAcceptedItHasToRefuseTwice(FailureReason reason) {
        Fate expected = MENDED.contains(reason) || VERDICTS.contains(reason) ? Fate.AGAIN : Fate.OVER;
        assertThat(policy(ON).after(reason, Verdicts.DOUBTED, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void withoutReconnectNothingIs(FailureReason reason) {
        assertThat(policy(ReconnectSettings.OFF).after(reason, Verdicts.DOUBTED, 0))
                .isEqualTo(Fate.OVER);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, AGAIN", "1, 1, TRIES_USED_UP", "3, 2, AGAIN", "3, 3, TRIES_USED_UP", "0, 1000000, AGAIN"})
    void triesAreCounted(int most, int failed, Fate expected) {
        assertThat(policy(ON.withMaxTries(most)).after(FailureReason.LINK_LOST, Verdicts.DOUBTED, failed))
                .isEqualTo(expected);
        assertThat(policy(ON.withMaxTries(most)).after(FailureReason.CREDENTIALS_REJECTED, Verdicts.BELIEVED, failed))
                .isEqualTo(Fate.OVER);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 60", "8, 60", "1000000, 60"})
    void waitsDoubleUpToAMinuteAndAreDrawnFromAllOfIt(int attempt, int mostSeconds) {
        ReconnectPolicy policy = policy(ON);
        Duration most = Duration.ofSeconds(mostSeconds);
        List<Long> waits = IntStream.range(0, 1000)
                .mapToObj(i -> policy.delay(attempt).toNanos())
                .toList();
        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= most.toNanos());
        assertThat(waits).anyMatch(wait -> wait < most.dividedBy(20).toNanos());
        assertThat(waits)
                .anyMatch(wait -> wait > most.multipliedBy(19).dividedBy(20).toNanos());
    }

    /** Two clients of a server that comes back do not come at once. */
    @Test
    void waitsDiffer() {
        assertThat(new ReconnectPolicy(ON, new SplittableRandom(1)).delay(7))
                .isNotEqualTo(new ReconnectPolicy(ON, new SplittableRandom(2)).delay(7));
    }
}
