package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp down}: ends a tunnel, whoever started it. */
final class DownCommand extends Command {
    private final TunnelRunner runner;
    private final Streams streams;

    private final Operand name =
            Operand.required("NAME", "A name that 'jpptp status' shows, or the interface of a tunnel that runs.");

    DownCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        TunnelName given = TunnelName.parse(name.text());
        Running running = new Running(runner);
        try {
            TunnelName tunnel = NamedTunnel.of(given, running, streams.environment());
            streams.out()
                    .println(
                            switch (running.end(tunnel)) {
                                case NOTHING -> TunnelText.notUp(tunnel.text());
                                case DEAD -> TunnelText.swept(tunnel.text());
                                case ALIVE -> TunnelText.down(tunnel.text());
                            });
            return ExitCodes.SUCCESS;
        } catch (Running.NoAnswer e) {
            Failure failure = e.failure();
            new Messages(streams.err(), streams.errStyle(null)).failure(failure);
            return failure.reason().exitCode();
        }
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "down",
                        this,
                        "End the tunnel NAME, in the background or in a terminal, and return when this machine is as"
                                + " before. A tunnel that is not up is down already.")
                .exitCodes(Endings.of("The tunnel is down.")
                        .with(FailureReason.INTERNAL, "The tunnel gives no answer; or a defect of jpptp.")
                        .with(FailureReason.NO_PRIVILEGE, "The tunnel is another user's."))
                .with(name)
                .spec();
    }
}
