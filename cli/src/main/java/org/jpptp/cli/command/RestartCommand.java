package org.jpptp.cli.command;

import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Command;

/** {@code jpptp restart}: the same after the end of the tunnel that there is. */
@Command(
        name = "restart",
        description = "End the tunnel if it runs, and bring it up again in the background. It takes what 'up' takes.",
        customSynopsis = {"jpptp restart [OPTION]... PROFILE", "jpptp restart [OPTION]... -u NAME SERVER[:PORT]"},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = "A password is asked for, or read, before the tunnel that runs is ended.")
final class RestartCommand extends StartingCommand {
    RestartCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        super(runner, streams, foreground, Present.ENDED);
    }
}
