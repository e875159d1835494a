package org.jpptp.client.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine by itself: what it asks for, a line each. */
class SupervisorTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Failure LOST = Failure.of(FailureReason.LINK_LOST, "Lost.", "");
    private static final Failure REFUSED = Failure.of(FailureReason.REFUSED, "Refused.", "");
    private static final Failure WRONG = Failure.of(FailureReason.CREDENTIALS_REJECTED, "Wrong.", "");
    private static final Failure STOPPED = Failure.of(FailureReason.INTERRUPTED, "Stopped.", "");

    private final List<String> said = new ArrayList<>();
    /** Close to where a clock wraps. */
    private long now = Long.MAX_VALUE - SECOND;

    private Duration delay = Duration.ZERO;
    private Supervisor supervisor = supervisor(ReconnectSettings.on(Mode.FAIL_CLOSED));

    private Supervisor supervisor(ReconnectSettings settings) {
        return new Supervisor(settings, new SplittableRandom(1), new Supervisor.Output() {
            @Override
            public void connect(long now) {
                said.add("connect");
            }

            @Override
            public void waiting(@Nullable Failure after, int attempt, Duration until, long now) {
                delay = until;
                said.add("try " + attempt + " after " + (after == null ? "nothing" : after.reason()));
            }

            @Override
            public void disconnect(long now) {
                said.add("disconnect");
            }

            @Override
            public void over(@Nullable Failure failure, int tries) {
                said.add("over" + (failure == null ? "" : " " + failure.reason()) + (tries == 0 ? "" : " x" + tries));
            }
        });
    }

    private void says(String... lines) {
        assertThat(said).containsExactly(lines);
        said.clear();
    }

    private SupervisorTest up() {
        supervisor.start(now);
        supervisor.isUp(now);
        says("connect");
        return this;
    }

    private void waitOut() {
        now = supervisor.deadlineNanos();
        supervisor.onDeadline(now);
    }

    @Test
    void aFirstConnectionThatFailsIsTheEnd() {
        supervisor.start(now);
        supervisor.ended(REFUSED, now);
        says("connect", "over REFUSED");
        assertThat(supervisor.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatWasUpIsTriedAgain() {
        up();
        supervisor.ended(LOST, now);
        says("try 1 after LINK_LOST");
        supervisor.onDeadline(supervisor.deadlineNanos() - 1);
        says();
        waitOut();
        supervisor.ended(REFUSED, now);
        says("connect", "try 2 after REFUSED");
        waitOut();
        supervisor.isUp(now);
        says("connect");
        assertThat(supervisor.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aMinuteUpBeginsANewRow() {
        up();
        for (int i = 1; i <= 3; i++) {
            supervisor.ended(LOST, now);
            says("try " + i + " after LINK_LOST");
            waitOut();
            supervisor.isUp(now);
            says("connect");
            now += 59 * SECOND;
        }
        now += SECOND;
        supervisor.ended(LOST, now);
        says("try 1 after LINK_LOST");
    }

    @Test
    void triesAreUsedUp() {
        supervisor = supervisor(ReconnectSettings.on(Mode.FAIL_CLOSED).withMaxTries(2));
        up();
        supervisor.ended(LOST, now);
        waitOut();
        supervisor.ended(REFUSED, now);
        waitOut();
        supervisor.ended(REFUSED, now);
        says("try 1 after LINK_LOST", "connect", "try 2 after REFUSED", "connect", "over REFUSED x2");
    }

    /** Whoever disturbs a tunnel that is up can say so in the server's name; to a logon, only the server does. */
    @Test
    void aPasswordThatWasTakenIsTriedOnceMore() {
        up();
        supervisor.ended(WRONG, now);
        says("try 1 after CREDENTIALS_REJECTED");
        waitOut();
        supervisor.ended(WRONG, now);
        says("connect", "over CREDENTIALS_REJECTED");
    }

    @Test
    void aPasswordThatIsTakenAndRefusedAgainAndAgainIsNot() {
        up();
        supervisor.ended(LOST, now);
        waitOut();
        supervisor.isUp(now);
        supervisor.ended(WRONG, now);
        waitOut();
        says("try 1 after LINK_LOST", "connect", "try 2 after CREDENTIALS_REJECTED", "connect");
        supervisor.isUp(now);
        now += 60 * SECOND;
        supervisor.ended(WRONG, now);
        waitOut();
        says("try 1 after CREDENTIALS_REJECTED", "connect");
        supervisor.isUp(now);
        supervisor.ended(WRONG, now);
        says("over CREDENTIALS_REJECTED");
    }

    @Test
    void aWrongPasswordOfALogonIsTheEndWhenever() {
        up();
        supervisor.ended(LOST, now);
        waitOut();
        supervisor.ended(WRONG, now);
        says("try 1 after LINK_LOST", "connect", "over CREDENTIALS_REJECTED");
    }

    @Test
    void withoutReconnectALostTunnelIsTheEnd() {
        supervisor = supervisor(ReconnectSettings.OFF);
        up();
        supervisor.ended(LOST, now);
        says("over LINK_LOST");
    }

    /** In which state something comes. */
    enum Moment {
        NEW,
        CONNECTING,
        UP,
        WAITING,
        RECONNECTING,
        OVER
    }

    private void reach(Moment moment) {
        if (moment != Moment.NEW) {
            supervisor.start(now);
        }
        if (moment.compareTo(Moment.UP) >= 0) {
            supervisor.isUp(now);
        }
        if (moment.compareTo(Moment.WAITING) >= 0) {
            supervisor.ended(LOST, now);
        }
        if (moment.compareTo(Moment.RECONNECTING) >= 0) {
            waitOut();
        }
        if (moment == Moment.OVER) {
            supervisor.ended(WRONG, now);
        }
        said.clear();
    }

    @ParameterizedTest
    @EnumSource
    void theUserEndsIt(Moment moment) {
        reach(moment);
        supervisor.stop(now);
        supervisor.stop(now);
        switch (moment) {
            case NEW, WAITING -> says("over");
            case CONNECTING -> {
                supervisor.ended(STOPPED, now);
                says("disconnect", "over INTERRUPTED");
            }
            case UP -> {
                supervisor.ended(null, now);
                says("disconnect", "over");
            }
            case RECONNECTING -> {
                supervisor.ended(STOPPED, now);
                says("disconnect", "over");
            }
            case OVER -> says();
        }
        assertThat(supervisor.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        supervisor.onDeadline(now + 3600 * SECOND);
        supervisor.reconnect(now);
        supervisor.ended(LOST, now);
        says();
    }

    /** A reason that came before the user's wish is told. */
    @Test
    void whatEndedItFirstIsTold() {
        up();
        supervisor.stop(now);
        supervisor.ended(LOST, now);
        says("disconnect", "over LINK_LOST");
    }

    @ParameterizedTest
    @EnumSource
    void theUserWantsAnotherConnection(Moment moment) {
        reach(moment);
        supervisor.reconnect(now);
        supervisor.reconnect(now);
        switch (moment) {
            case NEW, OVER -> says();
            case CONNECTING, RECONNECTING -> {
                supervisor.ended(STOPPED, now);
                waitOut();
                says("disconnect", "try 1 after nothing", "connect");
            }
            case UP -> {
                supervisor.ended(null, now);
                assertThat(delay).isZero();
                waitOut();
                says("disconnect", "try 1 after nothing", "connect");
            }
            case WAITING -> {
                supervisor.onDeadline(now);
                says("connect");
            }
        }
    }

    @Test
    void theUserHasItsWayWithoutReconnectToo() {
        supervisor = supervisor(ReconnectSettings.OFF);
        up();
        supervisor.reconnect(now);
        supervisor.ended(null, now);
        waitOut();
        supervisor.isUp(now);
        supervisor.ended(LOST, now);
        says("disconnect", "try 1 after nothing", "connect", "over LINK_LOST");
    }

    @Test
    void whoeverWantsAnotherMayStillStop() {
        up();
        supervisor.reconnect(now);
        supervisor.stop(now);
        supervisor.ended(null, now);
        says("disconnect", "over");
    }

    @Test
    void anotherConnectionIsNotMadeAfterWhatItCannotMend() {
        up();
        supervisor.ended(LOST, now);
        waitOut();
        supervisor.reconnect(now);
        supervisor.ended(WRONG, now);
        says("try 1 after LINK_LOST", "connect", "disconnect", "over CREDENTIALS_REJECTED");
    }

    @Test
    void anotherWayShortensTheWait() {
        up();
        for (int i = 0; i < 7; i++) {
            supervisor.ended(LOST, now);
            waitOut();
        }
        while (supervisor.deadlineNanos() == Long.MAX_VALUE || supervisor.deadlineNanos() - now < SECOND) {
            supervisor.ended(LOST, now);
            if (supervisor.deadlineNanos() - now < SECOND) {
                waitOut();
            }
        }
        supervisor.wayChanged(now);
        assertThat(supervisor.deadlineNanos() - now).isPositive().isLessThan(SECOND);
        long soon = supervisor.deadlineNanos();
        supervisor.wayChanged(now + 1);
        assertThat(supervisor.deadlineNanos()).isEqualTo(soon);
    }
}
