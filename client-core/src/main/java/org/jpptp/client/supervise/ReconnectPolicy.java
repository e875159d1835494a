package org.jpptp.client.supervise;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ReconnectSettings;

/** What another try can mend, how many there are, and how long to wait before each. */
final class ReconnectPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(60);
    /** After so many it is more than that. */
    private static final int DOUBLINGS = 6;

    private final ReconnectSettings settings;
    private final RandomGenerator random;

    ReconnectPolicy(ReconnectSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** What becomes of a tunnel that was up. */
    enum Fate {
        AGAIN,
        /** The same would come of it, or the user did not want it. */
        OVER,
        /** That was the last try. */
        TRIES_USED_UP
    }

    /** How a verdict against us is taken. */
    enum Verdicts {
        /** The connection was up: the server had accepted what it refuses now, if it is the server who does. */
        DOUBTED,
        BELIEVED
    }

    /**
     * Decides on another try.
     *
     * @param tries how many have failed in a row
     */
    Fate after(FailureReason reason, Verdicts verdicts, int tries) {
        boolean hopeful = isMended(reason) || (isVerdict(reason) && verdicts == Verdicts.DOUBTED);
        if (!settings.isOn() || !hopeful) {
            return Fate.OVER;
        }
        return settings.maxTries() > 0 && tries >= settings.maxTries() ? Fate.TRIES_USED_UP : Fate.AGAIN;
    }

    /**
     * Whether time may mend it: a network that is away, a server that is down, full, or still holds the old connection. What
     * was configured, here or there, stays as it is; and a password that was refused, sent again and again, locks accounts.
     * What a server had accepted, {@link Verdicts#DOUBTED}, is sent once more.
     */
    static boolean isMended(FailureReason reason) {
        return switch (reason) {
            case NAME_NOT_FOUND,
                    REFUSED,
                    TIMED_OUT,
                    CONTROL_REFUSED,
                    CALL_REFUSED,
                    GRE_BLOCKED,
                    GRE_UNREACHABLE,
                    LINK_NEGOTIATION_FAILED,
                    ADDRESSES_REFUSED,
                    ENDED_BY_SERVER,
                    LINK_LOST,
                    NOT_UP_IN_TIME,
                    NAME_UNANSWERED -> true;
            case INTERNAL,
                    USAGE,
                    NO_PRIVILEGE,
                    NO_TUN,
                    HOST_CHANGE_REFUSED,
                    NO_LIBRARIES,
                    NOTHING_TO_EXPLAIN,
                    AUTH_METHOD_REFUSED,
                    CREDENTIALS_REJECTED,
                    ACCOUNT_RESTRICTED,
                    SERVER_PROOF_WRONG,
                    ENCRYPTION_REFUSED,
                    KEYS_WRONG,
                    INTERRUPTED -> false;
        };
    }

    /** Whether it is a server's word against us, which one that had accepted us has to say once more. */
    static boolean isVerdict(FailureReason reason) {
        return switch (reason) {
            case AUTH_METHOD_REFUSED,
                    CREDENTIALS_REJECTED,
                    ACCOUNT_RESTRICTED,
                    SERVER_PROOF_WRONG,
                    ENCRYPTION_REFUSED -> true;
            default -> false;
        };
    }

    /**
     * How long to wait: a random part (full jitter, since a server that comes back finds all of its clients waiting) of a time
     * that doubles.
     *
     * @param attempt from 1
     */
    Duration delay(int attempt) {
        long most = FIRST.toNanos() << Math.min(attempt - 1, DOUBLINGS);
        return Duration.ofNanos(random.nextLong(Math.min(most, MOST.toNanos()) + 1));
    }
}
