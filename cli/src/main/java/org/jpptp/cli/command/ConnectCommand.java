package org.jpptp.cli.command;

import java.io.Console;
import java.util.concurrent.Callable;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.secret.PreparedPassword;
import org.jpptp.cli.secret.TerminalSecrets;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.JsonView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.Identity;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jpptp connect}: a tunnel in the foreground. */
@Command(
        name = "connect",
        description = "Connect to SERVER, and stay in the foreground until Ctrl-C.",
        customSynopsis = "jpptp connect [OPTION]... -u NAME SERVER[:PORT]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = {
            "Without --password-file and --password-fd the password comes from the environment variable",
            "JPPTP_PASSWORD (weaker: programs of the same user can read it), else from a prompt."
        })
final class ConnectCommand implements Callable<Integer> {
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    ConnectCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() {
        ConnectOptions.Checked checked = options.check(streams);
        Messages messages = new Messages(streams.err(), streams.errStyle(options.output.color));
        if (checked.verbosity() != Verbosity.QUIET) {
            messages.banner();
        }
        Identity identity = checked.user().identity();
        try (PreparedPassword newPassword = newPassword(checked.user())) {
            ClientConfig config = checked.config(identity);
            TunnelRunner.Tunnel tunnel = runner.prepare(
                    config,
                    listener(config, checked.verbosity()),
                    newPassword == null ? terminal(checked.user()) : newPassword);
            TunnelEvent.Ended ended = foreground.run(tunnel);
            Failure failure = FailureText.of(ended);
            if (failure != null) {
                messages.failure(FailureText.of(failure));
            }
            return ExitCodes.of(ended);
        } finally {
            identity.credentials().wipe();
        }
    }

    private @Nullable PreparedPassword newPassword(UserOptions.Checked user) {
        return user.newPassword() == null
                ? null
                : new PreparedPassword(user.newPassword().read(), terminal(user));
    }

    /** Whoever gave the password elsewhere wants no questions. */
    private @Nullable SecretSource terminal(UserOptions.Checked user) {
        Console console = user.interactive() ? streams.console() : null;
        return console == null ? null : new TerminalSecrets(console, streams.out());
    }

    private TunnelListener listener(ClientConfig config, Verbosity verbosity) {
        if (!options.output.json) {
            return new ConsoleView(
                    streams.out(),
                    streams.outStyle(options.output.color),
                    streams.err(),
                    streams.errStyle(options.output.color),
                    verbosity);
        }
        JsonView view = new JsonView(streams.out(), verbosity, System::nanoTime);
        view.start(Version.number(), config);
        return view;
    }

    /** Whether a defect is told with its stack trace. */
    boolean tracesDefects() {
        return options.output.verbose.length >= 2;
    }
}
