package org.jpptp.cli.option;

import java.time.Duration;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Timing;
import org.jpptp.ppp.PppTiming;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long everything may take. */
final class TimingOptions {
    private static final int MAX_TIMEOUT = 3600;
    private static final int MAX_FAILURES = 1000;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the tunnel may take to come up. Default: 60.")
    @Nullable
    String timeout;

    @Option(
            names = "--echo-interval",
            paramLabel = "SECONDS",
            description = "How often a quiet server is sent an LCP echo; 0: never. Default: 15.")
    @Nullable
    String echoInterval;

    @Option(
            names = "--echo-failures",
            paramLabel = "N",
            description = "How many in a row may stay unanswered; 0: any number. Default: 4.")
    @Nullable
    String echoFailures;

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Timing check() {
        PppTiming link = Timing.DEFAULT.ppp();
        Duration interval = seconds("--echo-interval", echoInterval, 0, link.echoInterval());
        int failures = echoFailures == null
                ? link.echoFailures()
                : Numbers.parse("--echo-failures", echoFailures, 0, MAX_FAILURES, "");
        if (interval.isZero() && echoFailures != null) {
            throw new UsageException(
                    "--echo-failures counts what --echo-interval 0 never sends; leave one of them out.");
        }
        return Timing.DEFAULT
                .withComingUp(seconds("--timeout", timeout, 1, Timing.DEFAULT.comingUp()))
                .with(link.withEcho(interval, failures));
    }

    private static Duration seconds(String option, @Nullable String text, int min, Duration otherwise) {
        return text == null ? otherwise : Duration.ofSeconds(Numbers.parse(option, text, min, MAX_TIMEOUT, "seconds"));
    }
}
