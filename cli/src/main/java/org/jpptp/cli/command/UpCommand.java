package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp up}: a tunnel in the background. */
final class UpCommand extends StartingCommand {
    UpCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        super(runner, streams, foreground, Present.KEPT);
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "up",
                        this,
                        "Connect to SERVER, or to that of a profile, in the background, and return when the tunnel is up, or with what 'connect' would"
                                + " say and its exit code. A tunnel that is up already is left alone; one that is coming up is waited"
                                + " for.")
                .synopsis("jpptp up [OPTION]... PROFILE", "jpptp up [OPTION]... -u NAME SERVER[:PORT]")
                .exitCodes(Endings.ofTunnel("The tunnel is up."))
                .footer("A password is asked for, or read, before the tunnel goes into the background.")
                .with("options", options.spec())
                .spec();
    }
}
