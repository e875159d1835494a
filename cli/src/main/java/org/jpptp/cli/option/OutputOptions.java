package org.jpptp.cli.option;

import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Count;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Verbosity;
import picocli.CommandLine.Model.CommandSpec;

/** What is shown. */
public final class OutputOptions {
    public final Flag json = new Flag("--json", "One JSON object a line on standard output (docs/json-events.md).");

    private final Flag quiet = new Flag("-q", "--quiet", "Tell nothing but failures.");

    public final Count verbose =
            new Count("-v", "--verbose", "Show every control packet; -vv also timers and decisions, -vvv also octets.");

    public final Flag showSecrets = new Flag(
            "--show-secrets",
            "With -v, --log, --capture: challenges and responses whole. The password can be found by them.");

    public final Text report = new Text(
            "--report",
            "FILE",
            "At the end, whatever it is, write a page (HTML) about the tunnel: verdict, steps, traffic.");

    public final Switch color =
            new Switch("--color", "Colors, or none. Default: on terminals, unless NO_COLOR is set.");

    CommandSpec spec() {
        return Arguments.of(json, quiet, verbose, showSecrets, report, color);
    }

    /**
     * How much is shown.
     *
     * @param records what is kept besides
     *
     * @throws UsageException where options contradict each other
     */
    Verbosity verbosity(RecordOptions.Checked records) {
        if (showSecrets.isSet() && verbose.times() == 0 && !records.isSomething()) {
            throw new UsageException("--show-secrets goes with --verbose, --log or --capture only.");
        }
        if (quiet.isSet() && verbose.times() > 0) {
            throw new UsageException("--quiet and --verbose exclude each other.");
        }
        return switch (verbose.times()) {
            case 0 -> quiet.isSet() ? Verbosity.QUIET : Verbosity.NORMAL;
            case 1 -> Verbosity.PACKETS;
            case 2 -> Verbosity.DECISIONS;
            case 3 -> Verbosity.OCTETS;
            default -> throw new UsageException("--verbose can be given three times at most.");
        };
    }
}
