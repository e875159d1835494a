package org.jpptp.cli.command;

import java.io.Console;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.Child;
import org.jpptp.cli.background.Entrance;
import org.jpptp.cli.background.NotShared;
import org.jpptp.cli.background.SharedTunnel;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.record.LastTrace;
import org.jpptp.cli.record.Recording;
import org.jpptp.cli.record.TraceRing;
import org.jpptp.cli.report.LiveReport;
import org.jpptp.cli.report.ReportFile;
import org.jpptp.cli.secret.PreparedPassword;
import org.jpptp.cli.secret.TerminalSecrets;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.JsonView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.ShowingSecrets;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
import org.jpptp.client.Identity;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.capture.Capture;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jpptp connect}: a tunnel in the foreground. */
@Command(
        name = "connect",
        description = "Connect to SERVER, or to that of a profile, and stay in the foreground until Ctrl-C.",
        customSynopsis = {"jpptp connect [OPTION]... -u NAME SERVER[:PORT]", "jpptp connect [OPTION]... PROFILE"},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = "Without --password-file and --password-fd the password comes from the environment variable"
                + " JPPTP_PASSWORD (weaker: programs of the same user can read it), else from a prompt.")
final class ConnectCommand implements Callable<Integer> {
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;

    /** Null until picocli has set it: to make one that nobody uses costs a start milliseconds. */
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--save",
            paramLabel = "NAME",
            description = "Once the tunnel is up, save these options as a profile of this name.")
    private @Nullable String save;

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    ConnectCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        try (Child child = Child.ofProcess(runner, streams)) {
            return connect(child);
        }
    }

    private int connect(@Nullable Child child) {
        Profiles profiles = Profiles.of(streams.environment());
        if (save != null) {
            profiles.checkFree(save);
        }
        Launch launch =
                Launch.of(options, Objects.requireNonNull(spec).commandLine().getParseResult(), profiles);
        ConnectOptions.Checked given = launch.check(streams);
        ConnectOptions.Checked checked = child == null ? given : child.with(given);
        ReportFile file = ReportFile.orNone(options.output.report);
        Messages messages = new Messages(streams.err(), streams.errStyle(options.output.color));
        Optional<Failure> obstacle = runner.preflight(
                checked.network(),
                checked.verbosity().shows(Detail.DECISIONS) ? TunnelRunner.Logs.SHOWN : TunnelRunner.Logs.HIDDEN);
        Entrance entrance = new Entrance(runner.sockets(), runner.otherSockets());
        if (obstacle.isEmpty()) {
            if (child == null) {
                obstacle = launch.name().flatMap(entrance::taken);
            } else if (!child.enters(entrance, launch.place())) {
                return Child.OVERTAKEN;
            }
        }
        if (checked.verbosity() != Verbosity.QUIET) {
            messages.banner();
        }
        ConsoleView console = options.output.json ? null : console(checked.verbosity());
        if (console != null && child != null) {
            console.endedBy(child.ending());
        } else if (console != null && streams.isService()) {
            console.endedBy(TunnelText.endedByService());
        }
        TunnelListener view = console == null ? json(checked, launch.wording()) : console;
        TunnelListener saving = save == null ? view : new Saving(view, messages, profiles, save, launch.entries());
        TunnelListener shown = options.output.showSecrets ? new ShowingSecrets(saving) : saving;
        LiveReport early = report(file, shown, checked, messages, launch.wording());
        if (obstacle.isPresent()) {
            return never(obstacle.get(), early, messages, launch.wording());
        }
        foreground.beforeHalt(() -> {
            if (child != null) {
                child.release();
            }
            early.writeAbandoned();
        });
        TraceRing ring = new TraceRing();
        Recording recording = Recording.open(checked, secrets(), messages);
        Identity identity = checked.user().identity();
        try (recording;
                PreparedPassword newPassword = newPassword(checked.user(), console);
                SharedTunnel shared = child == null ? share(entrance, launch, checked, messages) : child.shared()) {
            TunnelListener listener = child == null ? shown : child.listening(shown, checked.verbosity());
            LiveReport report = report(file, shared.listening(listener), checked, messages, launch.wording());
            foreground.beforeHalt(() -> {
                shared.release();
                report.writeAbandoned();
            });
            TunnelRunner.Tunnel tunnel = recording
                    .on(runner)
                    .prepare(
                            checked.config(identity),
                            recording.listening(Recording.with(report.listener(), ring, checked.server())),
                            newPassword == null ? terminal(checked.user(), console) : newPassword);
            shared.serve(tunnel, StatusJson.asked(checked.user().name(), checked.network()), ring::lines);
            begin(console, launch);
            report.watch(tunnel::status);
            TunnelEvent.Ended ended = foreground.run(tunnel);
            recording.ended(ended);
            new LastTrace(runner.sockets()).keep(shared.name(), ended, ring);
            int code = tell(ended, child == null ? List.of(messages) : child.audience(messages), launch.wording());
            report.write(FailureText.of(ended), runner::machine);
            shared.ended(ended); // last: whoever waits for the end finds everything that is kept of the tunnel
            return code;
        } catch (NotShared e) {
            return never(e.failure(), early, messages, launch.wording());
        } finally {
            identity.credentials().wipe();
        }
    }

    private Capture.Secrets secrets() {
        return options.output.showSecrets ? Capture.Secrets.SHOWN : Capture.Secrets.MASKED;
    }

    private int never(Failure why, LiveReport report, Messages messages, Wording wording) {
        TunnelEvent.Ended never = TunnelEvent.Ended.neverUp(why);
        report.listener().event(never);
        int code = tell(never, List.of(messages), wording);
        report.write(why, runner::machine);
        return code;
    }

    private LiveReport report(
            @Nullable ReportFile file,
            TunnelListener listener,
            ConnectOptions.Checked checked,
            Messages messages,
            Wording wording) {
        boolean quiet = options.output.json || checked.verbosity() == Verbosity.QUIET;
        return new LiveReport(
                file,
                listener,
                checked.server().host(),
                messages,
                quiet ? LiveReport.Said.FAILURES_ONLY : LiveReport.Said.ALWAYS,
                wording);
    }

    /** Others of the same user can ask it how it is doing, and end it. */
    private static SharedTunnel share(
            Entrance entrance, Launch launch, ConnectOptions.Checked checked, Messages messages) throws NotShared {
        Optional<TunnelName> name = launch.name();
        return name.isPresent()
                ? entrance.named(name.get(), launch.place())
                : entrance.derived(checked.derivedName(), messages::warning);
    }

    private void begin(@Nullable ConsoleView console, Launch launch) {
        if (console != null) {
            launch.profile().ifPresent(profile -> console.profile(profile.name(), profile.file()));
            console.begin();
            if (streams.isMovable()) {
                console.move();
            }
        }
    }

    private static int tell(TunnelEvent.Ended ended, List<Messages> audience, Wording wording) {
        Failure failure = FailureText.of(ended);
        if (failure != null) {
            audience.forEach(messages -> messages.failure(failure, wording));
        }
        return ExitCodes.of(ended);
    }

    private @Nullable PreparedPassword newPassword(UserOptions.Checked user, @Nullable ConsoleView view) {
        return user.newPassword() == null
                ? null
                : new PreparedPassword(user.newPassword().read(), terminal(user, view));
    }

    /** Whoever gave the password elsewhere wants no questions. */
    private @Nullable SecretSource terminal(UserOptions.Checked user, @Nullable ConsoleView view) {
        Console console = user.interactive() ? streams.console() : null;
        if (console == null) {
            return null;
        }
        SecretSource secrets = new TerminalSecrets(console, streams.out());
        return view == null ? secrets : new StillWhileAsked(secrets, view);
    }

    /** Nothing moves on the screen while a question stands there. */
    private record StillWhileAsked(SecretSource secrets, ConsoleView view) implements SecretSource {
        @Override
        public @Nullable Credentials ask(PppEvent.SecretWanted wanted, Credentials tried) {
            view.pause();
            try {
                return secrets.ask(wanted, tried);
            } finally {
                view.resume();
            }
        }

        @Override
        public void withdraw() {
            secrets.withdraw();
        }
    }

    private ConsoleView console(Verbosity verbosity) {
        return new ConsoleView(
                streams.out(),
                streams.outStyle(options.output.color),
                streams.err(),
                streams.errStyle(options.output.color),
                verbosity,
                System::nanoTime);
    }

    private JsonView json(ConnectOptions.Checked checked, Wording wording) {
        JsonView view = new JsonView(streams.out(), checked.verbosity(), System::nanoTime, wording);
        view.start(Version.number(), checked.server(), checked.user().name());
        return view;
    }

    /** Whether a defect is told with its stack trace. */
    boolean tracesDefects() {
        return options.output.verbose.length >= 2;
    }
}
