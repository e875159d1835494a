package org.jpptp.cli.option;

import java.time.Duration;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Timing;
import org.jpptp.ppp.PppTiming;
import picocli.CommandLine.Model.CommandSpec;

/** How long everything may take. */
final class TimingOptions {
    private static final int MAX_TIMEOUT = 3600;
    private static final int MAX_FAILURES = 1000;

    private final Text timeout =
            new Text("--timeout", "SECONDS", "How long the tunnel may take to come up. Default: 60.");

    private final Text echoInterval = new Text(
            "--echo-interval", "SECONDS", "How often a quiet server is sent an LCP echo; 0: never. Default: 15.");

    private final Text echoFailures =
            new Text("--echo-failures", "N", "How many in a row may stay unanswered; 0: any number. Default: 4.");

    CommandSpec spec() {
        return Arguments.of(timeout, echoInterval, echoFailures);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    Timing check() {
        PppTiming link = Timing.DEFAULT.ppp();
        Duration interval = seconds(echoInterval, 0, link.echoInterval());
        int failures = echoFailures.number(0, MAX_FAILURES, "", link.echoFailures());
        if (interval.isZero() && echoFailures.isGiven()) {
            throw new UsageException(
                    "--echo-failures counts what --echo-interval 0 never sends; leave one of them out.");
        }
        return Timing.DEFAULT
                .withComingUp(seconds(timeout, 1, Timing.DEFAULT.comingUp()))
                .with(link.withEcho(interval, failures));
    }

    private static Duration seconds(Text option, int min, Duration otherwise) {
        return Duration.ofSeconds(option.number(min, MAX_TIMEOUT, "seconds", Math.toIntExact(otherwise.toSeconds())));
    }
}
