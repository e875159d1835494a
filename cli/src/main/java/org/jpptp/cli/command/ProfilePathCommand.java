package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jpptp profile path}, for {@code $EDITOR "$(jpptp profile path office)"}. */
@Command(
        name = "path",
        description = "Tell where the profile is.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class ProfilePathCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "NAME", description = "The profile's name.")
    private String name = "";

    ProfilePathCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        streams.out().println(profiles.locate(name).orElseThrow(() -> profiles.absent(name)));
        return ExitCodes.SUCCESS;
    }
}
