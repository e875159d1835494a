package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp restart}: the same after the end of the tunnel that there is. */
final class RestartCommand extends StartingCommand {
    RestartCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        super(runner, streams, foreground, Present.ENDED);
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "restart",
                        this,
                        "End the tunnel if it runs, and bring it up again in the background. It takes what 'up' takes.")
                .synopsis("jpptp restart [OPTION]... PROFILE", "jpptp restart [OPTION]... -u NAME SERVER[:PORT]")
                .exitCodes(Endings.ofTunnel("The tunnel is up."))
                .footer("A password is asked for, or read, before the tunnel that runs is ended.")
                .with("options", options.spec())
                .spec();
    }
}
