package org.jpptp.cli.option;

import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of a tunnel that is lost. */
final class ReconnectOptions {
    private static final int MAX_TRIES = 1_000_000;

    @Option(
            names = "--reconnect",
            description =
                    "Bring a tunnel that was up back when it is lost. Its routes stay, and nothing passes meanwhile.")
    boolean reconnect;

    @Option(
            names = "--max-tries",
            paramLabel = "N",
            description = "With --reconnect: how many tries may fail in a row; 0: any number. Default: 0.")
    @Nullable
    String maxTries;

    @Option(
            names = "--fail-open",
            description =
                    "With --reconnect: take the routes back meanwhile; their traffic goes its usual way, in clear.")
    boolean failOpen;

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    ReconnectSettings check() {
        int tries = maxTries == null ? 0 : Numbers.parse("--max-tries", maxTries, 0, MAX_TRIES, "");
        if (reconnect) {
            return ReconnectSettings.on(failOpen ? Mode.FAIL_OPEN : Mode.FAIL_CLOSED)
                    .withMaxTries(tries);
        }
        if (maxTries != null || failOpen) {
            throw new UsageException((failOpen ? "--fail-open" : "--max-tries")
                    + " says something about reconnecting, and --reconnect is not given.");
        }
        return ReconnectSettings.OFF;
    }
}
