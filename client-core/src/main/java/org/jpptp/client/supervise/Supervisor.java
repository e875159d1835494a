package org.jpptp.client.supervise;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.supervise.ReconnectPolicy.Fate;
import org.jpptp.client.supervise.ReconnectPolicy.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one tunnel: begins its connections one after the other, and ends when there is to be none any more. A pure machine.
 */
public final class Supervisor {
    /** What it asks for; called before the method that leads to it returns. */
    public interface Output {
        /** Connect, then tell {@link #isUp} and {@link #ended}. */
        void connect(long now);

        /**
         * A tunnel that was up is away, and {@link #connect} follows.
         *
         * @param after why; null where the user asked for another connection
         * @param attempt from 1, since the tunnel was last up for a while
         * @param delay until then
         */
        void waiting(@Nullable Failure after, int attempt, Duration delay, long now);

        /** End the connection that there is, or that is being made, in an orderly way; {@link #ended} is then told. */
        void disconnect(long now);

        /**
         * It is over.
         *
         * @param failure of the last connection; null where the user ended a tunnel that was up
         * @param tries how many failed in a row, where no more are allowed; else 0
         */
        void over(@Nullable Failure failure, int tries);
    }

    private enum State {
        NEW,
        CONNECTING,
        UP,
        WAITING,
        OVER
    }

    /** What the user wants of the connection that there is. */
    private enum Wish {
        KEEP,
        REPLACE,
        END
    }

    /** A tunnel that was up for so long begins a new row of tries. */
    private static final long A_WHILE_NANOS = Duration.ofMinutes(1).toNanos();
    /** What comes in bursts, such as changes of routes, shortens a wait to this. */
    private static final long AT_ONCE_NANOS = Duration.ofMillis(500).toNanos();

    private final ReconnectPolicy policy;
    private final Output output;
    private State state = State.NEW;
    private Wish wish = Wish.KEEP;
    private boolean wasUp;
    private long upNanos;
    /** How many have begun, or are about to, since the tunnel was last up for a while. */
    private int tries;
    /** Whether a verdict has ended a connection that was up, since it was last up for a while. */
    private boolean heardVerdict;
    /** When the wait is over. */
    private long nextNanos;

    /** @param random for the length of waits */
    public Supervisor(ReconnectSettings settings, RandomGenerator random, Output output) {
        this.policy = new ReconnectPolicy(settings, random);
        this.output = output;
    }

    /** Begins. */
    public void start(long now) {
        if (state == State.NEW) {
            connect(now);
        }
    }

    /** The connection carries traffic. */
    public void isUp(long now) {
        if (state == State.CONNECTING) {
            state = State.UP;
            wasUp = true;
            upNanos = now;
        }
    }

    /**
     * The connection has ended, or has not come to be.
     *
     * @param failure null where that was asked for and it was up
     */
    public void ended(@Nullable Failure failure, long now) {
        if (state == State.OVER) {
            return;
        }
        boolean up = state == State.UP;
        if (up && now - upNanos >= A_WHILE_NANOS) {
            tries = 0;
            heardVerdict = false;
        }
        if (wish == Wish.REPLACE && (failure == null || failure.reason() == FailureReason.INTERRUPTED)) {
            tries = 0;
            await(null, Duration.ZERO, now);
        } else if (wish == Wish.END) {
            // Whoever stops what was up once, and is being brought back, has ended a tunnel that was up.
            over(wasUp && state == State.CONNECTING ? null : failure, 0);
        } else if (failure == null || !wasUp) {
            over(failure, 0);
        } else {
            Verdicts verdicts = up && !heardVerdict ? Verdicts.DOUBTED : Verdicts.BELIEVED;
            Fate fate = policy.after(failure.reason(), verdicts, tries);
            heardVerdict |= ReconnectPolicy.isVerdict(failure.reason());
            if (fate == Fate.AGAIN) {
                await(failure, policy.delay(tries + 1), now);
            } else {
                over(failure, fate == Fate.TRIES_USED_UP ? tries : 0);
            }
        }
    }

    /** The user wants no tunnel any more. */
    public void stop(long now) {
        switch (state) {
            case NEW, WAITING -> over(null, 0);
            case CONNECTING, UP -> {
                Wish before = wish;
                wish = Wish.END;
                if (before == Wish.KEEP) {
                    output.disconnect(now);
                }
            }
            case OVER -> {}
        }
    }

    /** The user wants another connection in the place of this one, and at once. */
    public void reconnect(long now) {
        switch (state) {
            case WAITING -> nextNanos = now;
            case CONNECTING, UP -> {
                if (wish == Wish.KEEP) {
                    wish = Wish.REPLACE;
                    output.disconnect(now);
                }
            }
            case NEW, OVER -> {}
        }
    }

    /** The way to the server is another than before: what did not work may work now. */
    public void wayChanged(long now) {
        if (state == State.WAITING && nextNanos - now > AT_ONCE_NANOS) {
            nextNanos = now + AT_ONCE_NANOS;
        }
    }

    /** Called at or after {@link #deadlineNanos}. */
    public void onDeadline(long now) {
        if (state == State.WAITING && nextNanos - now <= 0) {
            connect(now);
        }
    }

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return state == State.WAITING ? nextNanos : Long.MAX_VALUE;
    }

    private void connect(long now) {
        state = State.CONNECTING;
        wish = Wish.KEEP;
        output.connect(now);
    }

    private void await(@Nullable Failure after, Duration delay, long now) {
        state = State.WAITING;
        tries++;
        nextNanos = now + delay.toNanos();
        output.waiting(after, tries, delay, now);
    }

    private void over(@Nullable Failure failure, int usedUp) {
        state = State.OVER;
        output.over(failure, usedUp);
    }
}
