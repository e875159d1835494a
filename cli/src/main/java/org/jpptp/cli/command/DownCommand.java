package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jpptp down}: ends a tunnel, whoever started it. */
@Command(
        name = "down",
        description = "End the tunnel NAME, in the background or in a terminal, and return when this machine is as"
                + " before. A tunnel that is not up is down already.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class DownCommand implements Callable<Integer> {
    private final TunnelRunner runner;
    private final Streams streams;

    @Parameters(paramLabel = "NAME", description = "A name that 'jpptp status' shows.")
    private String name = "";

    DownCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        TunnelName tunnel = TunnelName.parse(name);
        try {
            streams.out()
                    .println(
                            switch (new Running(runner).end(tunnel)) {
                                case NOTHING -> TunnelText.notUp(name);
                                case DEAD -> TunnelText.swept(name);
                                case ALIVE -> TunnelText.down(name);
                            });
            return ExitCodes.SUCCESS;
        } catch (Running.NoAnswer e) {
            Failure failure = e.failure();
            new Messages(streams.err(), streams.errStyle(null)).failure(failure);
            return failure.reason().exitCode();
        }
    }
}
