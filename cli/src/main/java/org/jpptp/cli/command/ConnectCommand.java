package org.jpptp.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.view.Streams;
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
final class ConnectCommand implements Callable<Integer>, TracesDefects {
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
        Profiles profiles = Profiles.of(streams.environment());
        if (save != null) {
            profiles.checkFree(save);
        }
        Launch launch =
                Launch.of(options, Objects.requireNonNull(spec).commandLine().getParseResult(), profiles);
        TunnelRun run = new TunnelRun(runner, streams, foreground, options, launch, launch.check(streams));
        return (save == null ? run : run.saving(profiles, save)).run(null);
    }

    @Override
    public boolean tracesDefects() {
        return options.output.verbose.length >= 2;
    }
}
