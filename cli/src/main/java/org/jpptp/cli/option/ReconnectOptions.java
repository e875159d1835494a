package org.jpptp.cli.option;

import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import picocli.CommandLine.Model.CommandSpec;

/** What becomes of a tunnel that is lost. */
final class ReconnectOptions {
    private static final int MAX_TRIES = 1_000_000;

    private final Flag reconnect = new Flag(
            "--reconnect",
            "Bring a tunnel that was up back when it is lost. Its routes stay, and nothing passes meanwhile.");

    private final Text maxTries = new Text(
            "--max-tries", "N", "With --reconnect: how many tries may fail in a row; 0: any number. Default: 0.");

    private final Flag failOpen = new Flag(
            "--fail-open",
            "With --reconnect: take the routes back meanwhile; their traffic goes its usual way, in clear.");

    CommandSpec spec() {
        return Arguments.of(reconnect, maxTries, failOpen);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    ReconnectSettings check() {
        int tries = maxTries.number(0, MAX_TRIES, "", 0);
        if (reconnect.isSet()) {
            return ReconnectSettings.on(failOpen.isSet() ? Mode.FAIL_OPEN : Mode.FAIL_CLOSED)
                    .withMaxTries(tries);
        }
        if (maxTries.isGiven() || failOpen.isSet()) {
            throw new UsageException((failOpen.isSet() ? "--fail-open" : "--max-tries")
                    + " says something about reconnecting, and --reconnect is not given.");
        }
        return ReconnectSettings.OFF;
    }
}
