package org.jpptp.cli.command;

import java.util.List;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.profile.NamedFiles;
import org.jpptp.cli.profile.Problem;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.ProfileCheck;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jpptp.client.FailureReason;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile check}: all that is wrong, where {@code connect} stops at the first. */
final class ProfileCheckCommand extends Command {
    /** Of a file that is something else, there would be one for each line. */
    private static final int MOST = 20;

    private final TunnelRunner runner;
    private final Streams streams;

    private final Operand name =
            Operand.required("NAME", "The profile's name; or its path, which begins with / or ./.");

    ProfileCheckCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        Profile profile = profiles.require(name.text());
        List<Problem> problems = ProfileCheck.ofAll(profiles, streams, new NamedFiles(runner::hookObstacle))
                .problems(profile);
        problems.stream()
                .limit(MOST)
                .forEach(problem -> streams.err().println(Style.visible(problem.in(profile.shortName()))));
        if (problems.size() > MOST) {
            streams.err().println("There are " + (problems.size() - MOST) + " more.");
        }
        if (problems.isEmpty()) {
            streams.out().println(profile.file() + " is in order.");
        }
        return problems.isEmpty() ? ExitCodes.SUCCESS : FailureReason.USAGE.exitCode();
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "check",
                        this,
                        "Tell everything that is wrong with a profile and with the files that it names, one sentence a line.")
                .exitCodes(Endings.of("The profile is in order.")
                        .with(FailureReason.USAGE, "Something is wrong with it; or with the arguments."))
                .with(name)
                .spec();
    }
}
