package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.BackgroundProcess;
import org.jpptp.cli.background.Child;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.background.Waiting;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.report.ReportFile;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What brings a tunnel up in the background: {@code up} and {@code restart}. */
abstract class StartingCommand implements Callable<Integer> {
    /** What the tunnel's own time-out needs to be told, and more where the machine is busy. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** More than the tunnel's process takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    /** As often another may take the name just before, and end. */
    private static final int MOST_TRIES = 5;

    /** What becomes of a tunnel of the name that runs already. */
    enum Present {
        KEPT,
        ENDED
    }

    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;
    private final Present present;
    private List<String> commandLine = List.of();

    /** Null until picocli has set it: to make one that nobody uses costs a start milliseconds. */
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    StartingCommand(TunnelRunner runner, Streams streams, Foreground foreground, Present present) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
        this.present = present;
    }

    /** What the program was given, from the name of the command on. */
    void given(String... arguments) {
        commandLine = List.of(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        streams.goOnWithoutOut();
        Launch launch = Launch.of(
                options,
                Objects.requireNonNull(spec).commandLine().getParseResult(),
                Profiles.of(streams.environment()));
        ConnectOptions.Checked checked = launch.check(streams);
        ReportFile unused = ReportFile.orNone(options.output.report); // the tunnel's process writes it
        TunnelName name = launch.name().orElseGet(checked::derivedName);
        StartView view = new StartView(streams, checked, options.output);
        Running running = new Running(runner);
        PresentTunnel there = new PresentTunnel(running, name, launch, checked);
        try (Passwords passwords = new Passwords(checked.user())) {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                boolean replaces = present == Present.ENDED && tries == 0;
                Optional<Integer> code = replaces ? there.toReplace().map(view::failure) : there.join(view);
                if (code.isEmpty()) {
                    code = runner.obstacle(checked.network()).map(view::failure);
                }
                if (code.isPresent()) {
                    return code.get();
                }
                passwords.read();
                if (replaces) {
                    there.end();
                }
                int came = start(running, name, checked, passwords, view);
                if (came != Child.OVERTAKEN) {
                    return came;
                }
                if (!foreground.goesOn()) {
                    return FailureReason.INTERRUPTED.exitCode();
                }
            }
            return view.failure(TunnelText.taken(name.text()));
        } catch (Running.NoAnswer e) {
            return view.failure(e.failure());
        }
    }

    private int start(
            Running running, TunnelName name, ConnectOptions.Checked checked, Passwords passwords, StartView view)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(commandLine);
        arguments.set(0, "connect");
        Process process;
        try {
            process =
                    BackgroundProcess.start(name, commandLine.size(), arguments, passwords.password, passwords.changed);
        } catch (IOException e) {
            return view.failure(TunnelText.noProcess(String.valueOf(e.getMessage())));
        }
        Coming coming = new Coming(
                new Waiting(running, name, process), checked.timing().comingUp().plus(GRACE));
        TunnelEvent.Ended unused = foreground.run(coming);
        return switch (coming.outcome) {
            case UP -> ExitCodes.SUCCESS;
            case ENDED -> process.exitValue();
            case LATE -> view.remark(TunnelText.silent(name.text()));
        };
    }

    /** Asked for, or read, once for all tries. */
    private static final class Passwords implements AutoCloseable {
        private final UserOptions.Checked user;
        private char[] password = {};
        private char @Nullable [] changed;
        private boolean read;

        Passwords(UserOptions.Checked user) {
            this.user = user;
        }

        void read() {
            if (read) {
                return;
            }
            read = true;
            password = user.password().read();
            PasswordSource source = user.newPassword();
            changed = source == null ? null : source.read();
        }

        @Override
        public void close() {
            Arrays.fill(password, '\0');
            if (changed != null) {
                Arrays.fill(changed, '\0');
            }
        }
    }

    /** A tunnel of another process, as long as it is ours to end. */
    private static final class Coming implements TunnelRunner.Tunnel {
        private final Waiting waiting;
        private final Duration patience;
        private Waiting.Outcome outcome = Waiting.Outcome.LATE;

        Coming(Waiting waiting, Duration patience) {
            this.waiting = waiting;
            this.patience = patience;
        }

        @Override
        public TunnelEvent.Ended run() {
            try {
                outcome = waiting.await(patience);
                if (outcome == Waiting.Outcome.LATE) {
                    waiting.end();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TunnelEvent.Ended.afterUp(
                    null, TunnelStatus.Traffic.NONE, Duration.ZERO); // the other process tells of its own
        }

        @Override
        public void disconnect() {
            try {
                waiting.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The other process has its own, and its end is to be seen. */
        @Override
        public Duration patience() {
            return PATIENCE;
        }

        @Override
        public void tellStatistics() {
            // The other process tells them, if it is asked.
        }
    }
}
