package org.jpptp.cli.option;

import java.nio.file.Path;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.HookSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The programs that are run as the tunnel comes and goes. */
final class HookOptions {
    private final Text onUp = new Text(
            "--on-up",
            "PROGRAM",
            "Run PROGRAM once the tunnel is up, as pppd runs ip-up and openconnect vpnc-script" + " (docs/hooks.md).");

    private final Text onDown = new Text("--on-down", "PROGRAM", "Run PROGRAM before the tunnel is taken down.");

    private final Text onReconnect = new Text("--on-reconnect", "PROGRAM", "Run PROGRAM once it is up again.");

    CommandSpec spec() {
        return Arguments.of(onUp, onDown, onReconnect);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    HookSettings check() {
        return new HookSettings(path(onUp), path(onDown), path(onReconnect));
    }

    private static @Nullable Path path(Text option) {
        String text = option.value();
        if (text == null) {
            return null;
        }
        if (text.startsWith("/") && text.chars().noneMatch(Character::isISOControl)) {
            return GivenPath.of(option.name(), text);
        }
        throw new UsageException(option.name() + " takes the absolute path of a program, without arguments, not '"
                + Numbers.shown(text) + "'.");
    }
}
