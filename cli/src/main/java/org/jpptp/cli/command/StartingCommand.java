package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.BackgroundProcess;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.background.Waiting;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.report.ReportFile;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        Launch launch = Launch.of(options, spec.commandLine().getParseResult(), Profiles.of(streams.environment()));
        ConnectOptions.Checked checked = launch.check(streams);
        ReportFile unused = ReportFile.orNone(options.output.report); // the tunnel's process writes it
        TunnelName name = launch.name().orElseGet(checked::derivedName);
        Running running = new Running(runner);
        try {
            boolean alive = running.look(name) == Found.ALIVE;
            if (alive && present == Present.KEPT) {
                Optional<Integer> code = join(running, name, checked);
                if (code.isPresent()) {
                    return code.get();
                }
            }
            Optional<Failure> obstacle = runner.obstacle(checked.network());
            if (obstacle.isPresent()) {
                return tell(obstacle.get());
            }
            return start(running, name, checked);
        } catch (Running.NoAnswer e) {
            return tell(e.failure());
        }
    }

    /** There is one, which is waited for like one of ours. Empty where it has ended meanwhile. */
    private Optional<Integer> join(Running running, TunnelName name, ConnectOptions.Checked checked)
            throws Running.NoAnswer, IOException {
        Optional<SocketClient> connected = running.connect(name);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        try (SocketClient client = connected.get()) {
            Optional<JsonObject> before = running.ask(name, client, "status", GRACE);
            if (before.isPresent() && before.get().text("state", "").equals("up")) {
                say(checked, TunnelText.upAlready(name.text(), before.get()));
                return Optional.of(ExitCodes.SUCCESS);
            }
            Duration patience = checked.timing().comingUp();
            Optional<JsonObject> answer = running.ask(name, client, "up", patience);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (answer.get().has("state")) {
                say(checked, TunnelText.up(name.text()));
                return Optional.of(ExitCodes.SUCCESS);
            }
            Failure failure = StatusJson.failure(answer.get());
            return Optional.of(failure == null ? ExitCodes.SUCCESS : tell(failure));
        }
    }

    private int start(Running running, TunnelName name, ConnectOptions.Checked checked)
            throws InterruptedException, Running.NoAnswer {
        char[] password = checked.user().password().read();
        char @Nullable [] changed = checked.user().newPassword() == null
                ? null
                : checked.user().newPassword().read();
        Process process;
        try {
            if (present == Present.ENDED) {
                Found unused = running.end(name);
            }
            List<String> arguments = new ArrayList<>(commandLine);
            arguments.set(0, "connect");
            process = BackgroundProcess.start(name, commandLine.size(), arguments, password, changed);
        } catch (IOException e) {
            return tell(TunnelText.noProcess(String.valueOf(e.getMessage())));
        } finally {
            Arrays.fill(password, '\0');
            if (changed != null) {
                Arrays.fill(changed, '\0');
            }
        }
        Coming coming = new Coming(
                new Waiting(running, name, process), checked.timing().comingUp().plus(GRACE));
        TunnelEvent.Ended unused = foreground.run(coming);
        return switch (coming.outcome) {
            case UP -> ExitCodes.SUCCESS;
            case ENDED -> process.exitValue();
            case LATE -> tell(TunnelText.silent(name.text()));
        };
    }

    private void say(ConnectOptions.Checked checked, String sentence) {
        if (checked.verbosity() != Verbosity.QUIET) {
            streams.out().println(sentence);
        }
    }

    /** With settings as options: a profile's keys have the same words. */
    private int tell(Failure failure) {
        new Messages(streams.err(), streams.errStyle(options.output.color)).failure(failure);
        return failure.reason().exitCode();
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
