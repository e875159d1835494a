package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp} itself, which only has subcommands. */
final class JpptpCommand {
    private JpptpCommand() {}

    static CommandSpec spec() {
        return Described.group("jpptp", "A PPTP VPN client in one Java program: no pppd, no kernel modules.")
                .footer(
                        "PPTP cannot be made secure; use it to reach what speaks nothing else.",
                        "'jpptp help COMMAND' tells more.")
                .spec();
    }
}
