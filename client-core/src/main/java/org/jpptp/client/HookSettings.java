package org.jpptp.client;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Programs of the user's that are run as the tunnel comes and goes, each an absolute path; null for none.
 *
 * @param onUp once it is up
 * @param onDown before it is taken down, if it was up
 * @param onReconnect once it is up again
 */
public record HookSettings(
        @Nullable Path onUp,
        @Nullable Path onDown,
        @Nullable Path onReconnect) {
    /** Nothing is run. */
    public static final HookSettings NONE = new HookSettings(null, null, null);

    /** When a program is run. */
    public enum Moment {
        UP,
        DOWN,
        RECONNECT
    }

    /** What is run then. */
    public Optional<Path> at(Moment moment) {
        return Optional.ofNullable(
                switch (moment) {
                    case UP -> onUp;
                    case DOWN -> onDown;
                    case RECONNECT -> onReconnect;
                });
    }

    /** Whether anything is ever run. */
    public boolean isWanted() {
        return onUp != null || onDown != null || onReconnect != null;
    }
}
