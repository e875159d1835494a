package org.jpptp.cli.socket;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;

/** The name of a running tunnel: a file's name, and a word on the command line. */
public record TunnelName(String text) {
    private static final int MOST = 64;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0," + (MOST - 1) + "}");

    /** Empty for what can be no name. */
    public static Optional<TunnelName> of(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new TunnelName(text)) : Optional.empty();
    }

    /**
     * The NAME argument.
     *
     * @throws UsageException for what can be no name
     */
    public static TunnelName parse(String argument) {
        return of(argument)
                .orElseThrow(() -> new UsageException("NAME takes at most " + MOST
                        + " letters, digits, dots, hyphens and underscores, not '" + Numbers.shown(argument) + "'."));
    }

    /** Of a tunnel that nobody has named: its interface's, where that has a name of its own, else the server's. */
    public static TunnelName derived(@Nullable String interfaceName, String server) {
        String from = interfaceName == null ? server : interfaceName;
        String text = from.replaceAll("[^A-Za-z0-9_.-]", "_").replaceFirst("^[.-]+", "");
        return of(text.substring(0, Math.min(text.length(), MOST - 3))).orElse(new TunnelName("tunnel"));
    }

    /** The same with a number, for another of this name. */
    TunnelName next(int number) {
        return new TunnelName(text + "-" + number);
    }

    @Override
    public String toString() {
        return text;
    }
}
