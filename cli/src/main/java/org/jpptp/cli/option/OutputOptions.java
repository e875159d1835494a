package org.jpptp.cli.option;

import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Verbosity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is shown. */
public final class OutputOptions {
    @Option(names = "--json", description = "One JSON object a line on standard output (docs/json-events.md).")
    public boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell nothing but failures.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every control packet; -vv also timers and decisions, -vvv also octets.")
    public boolean[] verbose = {};

    @Option(
            names = "--show-secrets",
            description =
                    "With -v, --log, --capture: challenges and responses whole. The password can be found by them.")
    public boolean showSecrets;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "At the end, whatever it is, write a page (HTML) about the tunnel: verdict, steps, traffic.")
    @Nullable
    public String report;

    @Option(
            names = "--color",
            negatable = true,
            description = "Colors, or none. Default: on terminals, unless NO_COLOR is set.")
    @Nullable
    public Boolean color;

    /**
     * How much is shown.
     *
     * @param records what is kept besides
     *
     * @throws UsageException where options contradict each other
     */
    Verbosity verbosity(RecordOptions.Checked records) {
        if (showSecrets && verbose.length == 0 && !records.isSomething()) {
            throw new UsageException("--show-secrets goes with --verbose, --log or --capture only.");
        }
        if (quiet && verbose.length > 0) {
            throw new UsageException("--quiet and --verbose exclude each other.");
        }
        return switch (verbose.length) {
            case 0 -> quiet ? Verbosity.QUIET : Verbosity.NORMAL;
            case 1 -> Verbosity.PACKETS;
            case 2 -> Verbosity.DECISIONS;
            case 3 -> Verbosity.OCTETS;
            default -> throw new UsageException("--verbose can be given three times at most.");
        };
    }
}
