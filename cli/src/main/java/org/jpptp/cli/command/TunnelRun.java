package org.jpptp.cli.command;

import java.io.Console;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jpptp.cli.background.Background;
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
import org.jpptp.cli.view.AskedJson;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.JsonView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.ShowingSecrets;
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

/** A tunnel of this process, from its settings until it has ended and everything is said about it. */
final class TunnelRun {
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;
    private final ConnectOptions options;
    private final Launch launch;
    private final ConnectOptions.Checked checked;
    private final @Nullable ReportFile file;
    private @Nullable Kept kept;

    TunnelRun(
            TunnelRunner runner,
            Streams streams,
            Foreground foreground,
            ConnectOptions options,
            Launch launch,
            ConnectOptions.Checked checked) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
        this.options = options;
        this.launch = launch;
        this.checked = checked;
        this.file = ReportFile.orNone(options.output.report.value());
    }

    /** What its settings are kept as. */
    private record Kept(Profiles place, String name) {}

    /** Its settings become a profile once it is up. */
    TunnelRun saving(Profiles place, String name) {
        kept = new Kept(place, name);
        return this;
    }

    /** What keeps this machine from having it. */
    Optional<Failure> preflight() {
        return runner.preflight(
                checked.network(),
                checked.verbosity().shows(Detail.DECISIONS) ? TunnelRunner.Logs.SHOWN : TunnelRunner.Logs.HIDDEN);
    }

    /**
     * Runs it.
     *
     * @param background where it goes once it is up; null for one of a terminal or a service
     * @return the exit code
     */
    int run(@Nullable Background background) {
        Messages messages = new Messages(streams.err(), streams.errStyle(options.output.color.value()));
        Optional<Failure> obstacle = Optional.empty();
        Entrance entrance = new Entrance(runner.sockets(), runner.otherSockets());
        if (background == null) {
            obstacle = preflight().or(() -> launch.name().flatMap(entrance::taken));
        }
        if (checked.verbosity() != Verbosity.QUIET) {
            messages.banner();
        }
        ConsoleView console = options.output.json.isSet() ? null : console();
        if (console != null && background != null) {
            console.endedBy(background.ending());
        } else if (console != null && streams.isService()) {
            console.endedBy(TunnelText.endedByService());
        }
        JsonView json = console == null ? json() : null;
        TunnelListener view = json == null ? Objects.requireNonNull(console) : json;
        TunnelListener saving =
                kept == null ? view : new Saving(view, messages, kept.place(), kept.name(), launch.entries());
        TunnelListener shown = options.output.showSecrets.isSet() ? new ShowingSecrets(saving) : saving;
        LiveReport early = report(shown, messages);
        if (obstacle.isPresent()) {
            begin(json);
            return never(obstacle.get(), early, messages);
        }
        foreground.beforeHalt(background == null ? () -> {} : background::release, early::writeAbandoned);
        TraceRing ring = new TraceRing();
        Recording recording = Recording.open(checked, secrets(), messages);
        Identity identity = checked.user().identity();
        try (recording;
                PreparedPassword newPassword = newPassword(console);
                SharedTunnel shared = background == null ? share(entrance, messages) : background.shared()) {
            TunnelListener listener = background == null ? shown : background.listening(shown, checked.verbosity());
            LiveReport report = report(shared.listening(listener), messages);
            foreground.beforeHalt(shared::release, report::writeAbandoned);
            TunnelRunner.Tunnel tunnel = recording
                    .on(runner)
                    .prepare(
                            checked.config(identity),
                            recording.listening(Recording.with(report.listener(), ring, checked.server())),
                            newPassword == null ? terminal(console) : newPassword);
            shared.serve(
                    tunnel,
                    AskedJson.of(
                            checked.user().name(),
                            checked.policy(),
                            checked.network(),
                            checked.reconnect(),
                            launch.besides()),
                    ring::lines);
            begin(json);
            begin(console);
            report.watch(tunnel::status);
            TunnelEvent.Ended ended = foreground.run(tunnel);
            recording.ended(ended);
            new LastTrace(runner.sockets()).keep(shared.name(), ended, ring);
            int code = tell(ended, background == null ? List.of(messages) : background.audience(messages));
            report.write(FailureText.of(ended), runner::machine);
            shared.ended(ended); // last: whoever waits for the end finds everything that is kept of the tunnel
            return code;
        } catch (NotShared e) {
            begin(json);
            return never(e.failure(), early, messages);
        } finally {
            identity.credentials().wipe();
        }
    }

    private Capture.Secrets secrets() {
        return options.output.showSecrets.isSet() ? Capture.Secrets.SHOWN : Capture.Secrets.MASKED;
    }

    private int never(Failure why, LiveReport report, Messages messages) {
        TunnelEvent.Ended never = TunnelEvent.Ended.neverUp(why);
        report.listener().event(never);
        int code = tell(never, List.of(messages));
        report.write(why, runner::machine);
        return code;
    }

    private LiveReport report(TunnelListener listener, Messages messages) {
        boolean quiet = options.output.json.isSet() || checked.verbosity() == Verbosity.QUIET;
        return new LiveReport(
                file,
                listener,
                checked.server().host(),
                messages,
                quiet ? LiveReport.Said.FAILURES_ONLY : LiveReport.Said.ALWAYS,
                launch.wording());
    }

    /** Others of the same user can ask it how it is doing, and end it. */
    private SharedTunnel share(Entrance entrance, Messages messages) throws NotShared {
        Optional<TunnelName> name = launch.name();
        return name.isPresent()
                ? entrance.named(name.get(), launch.place())
                : entrance.derived(checked.derivedName(), messages::warning);
    }

    /** Only once no argument can be wrong any more: what is refused writes no event. */
    private void begin(@Nullable JsonView json) {
        if (json != null) {
            json.start(Version.number(), checked.server(), checked.user().name());
        }
    }

    private void begin(@Nullable ConsoleView console) {
        if (console != null) {
            launch.profile().ifPresent(profile -> console.profile(profile.name(), profile.file()));
            console.begin();
            if (streams.isMovable()) {
                console.move();
            }
        }
    }

    private int tell(TunnelEvent.Ended ended, List<Messages> audience) {
        Failure failure = FailureText.of(ended);
        if (failure != null) {
            audience.forEach(messages -> messages.failure(failure, launch.wording()));
        }
        return ExitCodes.of(ended);
    }

    private @Nullable PreparedPassword newPassword(@Nullable ConsoleView view) {
        UserOptions.Checked user = checked.user();
        return user.newPassword() == null
                ? null
                : new PreparedPassword(user.newPassword().read(), terminal(view));
    }

    /** Whoever gave the password elsewhere wants no questions. */
    private @Nullable SecretSource terminal(@Nullable ConsoleView view) {
        Console console = checked.user().interactive() ? streams.console() : null;
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

    private ConsoleView console() {
        return new ConsoleView(
                streams.out(),
                streams.outStyle(options.output.color.value()),
                streams.err(),
                streams.errStyle(options.output.color.value()),
                checked.verbosity(),
                System::nanoTime);
    }

    private JsonView json() {
        return new JsonView(streams.out(), checked.verbosity(), System::nanoTime, launch.wording());
    }
}
