package org.jpptp.cli.command;

import picocli.CommandLine.Command;

/** {@code jpptp} itself, which only has subcommands. */
@Command(
        name = "jpptp",
        description = "A PPTP VPN client in one Java program: no pppd, no kernel modules.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "PPTP cannot be made secure; use it to reach what speaks nothing else.",
            "'jpptp help COMMAND' tells more."
        })
final class JpptpCommand {}
