package org.jpptp.cli.command;

import picocli.CommandLine.Command;

/** {@code jpptp profile}, which only has subcommands. */
@Command(
        name = "profile",
        description = "Look after profiles: files that say what connect is to do, in /etc/jpptp and ~/.config/jpptp.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = "'jpptp connect NAME' connects by one.")
final class ProfileCommand {}
