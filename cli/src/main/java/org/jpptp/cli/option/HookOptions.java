package org.jpptp.cli.option;

import java.nio.file.Path;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.HookSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The programs that are run as the tunnel comes and goes. */
final class HookOptions {
    @Option(
            names = "--on-up",
            paramLabel = "PROGRAM",
            description = "Run PROGRAM once the tunnel is up, as pppd runs ip-up and openconnect vpnc-script"
                    + " (docs/hooks.md).")
    @Nullable
    String onUp;

    @Option(names = "--on-down", paramLabel = "PROGRAM", description = "Run PROGRAM before the tunnel is taken down.")
    @Nullable
    String onDown;

    @Option(names = "--on-reconnect", paramLabel = "PROGRAM", description = "Run PROGRAM once it is up again.")
    @Nullable
    String onReconnect;

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    HookSettings check() {
        return new HookSettings(path("--on-up", onUp), path("--on-down", onDown), path("--on-reconnect", onReconnect));
    }

    private static @Nullable Path path(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.startsWith("/") && text.chars().noneMatch(Character::isISOControl)) {
            return GivenPath.of(option, text);
        }
        throw new UsageException(option + " takes the absolute path of a program, without arguments, not '"
                + Numbers.shown(text) + "'.");
    }
}
