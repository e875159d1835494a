package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile}, which only has subcommands. */
final class ProfileCommand {
    private ProfileCommand() {}

    static CommandSpec spec() {
        return Described.group(
                        "profile",
                        "Look after profiles: files that say what connect is to do, in /etc/jpptp and ~/.config/jpptp.")
                .footer("'jpptp connect NAME' connects by one.")
                .spec();
    }
}
