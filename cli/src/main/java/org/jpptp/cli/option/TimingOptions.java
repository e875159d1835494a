package org.jpptp.cli.option;

import java.time.Duration;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Timing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long everything may take. */
final class TimingOptions {
    private static final int MAX_TIMEOUT = 3600;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the tunnel may take to come up. Default: 60.")
    @Nullable
    String timeout;

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Timing check() {
        return timeout == null
                ? Timing.DEFAULT
                : Timing.DEFAULT.withComingUp(
                        Duration.ofSeconds(Numbers.parse("--timeout", timeout, 1, MAX_TIMEOUT, "seconds")));
    }
}
