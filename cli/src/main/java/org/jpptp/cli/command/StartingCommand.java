package org.jpptp.cli.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jpptp.cli.background.Background;
import org.jpptp.cli.background.Entrance;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.background.Uptime;
import org.jpptp.cli.background.Waiter;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jspecify.annotations.Nullable;

/** What brings a tunnel up in the background: {@code up} and {@code restart}. */
abstract class StartingCommand extends Command implements TracesDefects {
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

    final ConnectOptions options = new ConnectOptions();

    StartingCommand(TunnelRunner runner, Streams streams, Foreground foreground, Present present) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
        this.present = present;
    }

    @Override
    public Integer call() throws IOException {
        streams.goOnWithoutOut();
        Launch launch = Launch.of(options, spec().commandLine().getParseResult(), Profiles.of(streams.environment()));
        if (launch.profile().isEmpty() && !options.hasUser()) {
            refuseInterface(options.target());
        }
        ConnectOptions.Checked checked = launch.check(streams);
        StartView view = new StartView(streams, checked, options.output);
        OptionalLong waiter = Waiter.of(streams.environment());
        if (waiter.isEmpty()) {
            return view.failure(runner.become(Waiter.command()));
        }
        try (Passwords passwords = new Passwords(checked.user())) {
            return call(launch, checked, passwords, waiter.getAsLong(), view);
        } catch (Running.NoAnswer e) {
            return view.failure(e.failure());
        }
    }

    /** Before it is said only that a user is missing. */
    private void refuseInterface(String target) {
        try {
            Optional<TunnelName> tunnel = new Running(runner).ofInterface(target);
            if (tunnel.isPresent()) {
                throw new UsageException(
                        TunnelText.interfaceIsNoServer(target, tunnel.get().text()));
            }
        } catch (Running.NoAnswer e) {
            // Of tunnels that cannot be asked nothing is known.
        }
    }

    private int call(Launch launch, ConnectOptions.Checked checked, Passwords passwords, long waiter, StartView view)
            throws IOException, Running.NoAnswer {
        TunnelName name = launch.name().orElseGet(checked::derivedName);
        PresentTunnel there = new PresentTunnel(new Running(runner), name, launch, checked);
        Entrance entrance = new Entrance(runner.sockets(), runner.otherSockets());
        TunnelRun run =
                new TunnelRun(runner, streams, foreground, options, launch, checked.with(passwords.of(checked.user())));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            boolean replaces = present == Present.ENDED && tries == 0;
            Optional<Integer> code =
                    replaces ? there.toReplace(Uptime.ofStart(waiter)).map(view::failure) : there.join(view);
            if (code.isEmpty() && tries == 0) {
                code = run.preflight().map(view::failure);
            }
            if (code.isPresent()) {
                return code.get();
            }
            passwords.read();
            if (replaces) {
                there.end();
            }
            try (Background background = new Background(name, runner, foreground, waiter)) {
                if (background.enters(entrance, launch.place())) {
                    return run.run(background);
                }
            }
        }
        return view.failure(TunnelText.taken(name.text()));
    }

    @Override
    public boolean tracesDefects() {
        return options.output.verbose.times() >= 2;
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

        /** A user with these, which are read by then. */
        UserOptions.Checked of(UserOptions.Checked given) {
            return given.with(
                    () -> password.clone(),
                    given.newPassword() == null
                            ? null
                            : () -> Objects.requireNonNull(changed).clone());
        }

        @Override
        public void close() {
            Arrays.fill(password, '\0');
            if (changed != null) {
                Arrays.fill(changed, '\0');
            }
        }
    }
}
