package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp connect}: a tunnel in the foreground. */
final class ConnectCommand extends Command implements TracesDefects {
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;

    private final Text save =
            new Text("--save", "NAME", "Once the tunnel is up, save these options as a profile of this name.");

    private final ConnectOptions options = new ConnectOptions();

    ConnectCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        Profiles profiles = Profiles.of(streams.environment());
        String name = save.value();
        if (name != null) {
            profiles.checkFree(name);
        }
        Launch launch = Launch.of(options, spec().commandLine().getParseResult(), profiles);
        TunnelRun run = new TunnelRun(runner, streams, foreground, options, launch, launch.check(streams));
        return (name == null ? run : run.saving(profiles, name)).run(null);
    }

    @Override
    public boolean tracesDefects() {
        return options.output.verbose.times() >= 2;
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "connect",
                        this,
                        "Connect to SERVER, or to that of a profile, and stay in the foreground until Ctrl-C.")
                .synopsis("jpptp connect [OPTION]... -u NAME SERVER[:PORT]", "jpptp connect [OPTION]... PROFILE")
                .exitCodes(Endings.ofTunnel("The tunnel was up, and its user ended it."))
                .footer("Without --password-file and --password-fd the password comes from the environment variable"
                        + " JPPTP_PASSWORD (weaker: programs of the same user can read it), else from a prompt.")
                .with(save)
                .with("options", options.spec())
                .spec();
    }
}
