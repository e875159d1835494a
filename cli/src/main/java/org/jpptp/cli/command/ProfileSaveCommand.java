package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jpptp profile save}: options become a profile, without a connection. */
@Command(
        name = "save",
        description = "Write a profile that says what these options of connect say; never a password.",
        customSynopsis = "jpptp profile save NAME SERVER[:PORT]|PROFILE [OPTION]...",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class ProfileSaveCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(index = "0", paramLabel = "NAME", description = "What the profile is to be called.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    ProfileSaveCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        Profiles profiles = Profiles.of(streams.environment());
        profiles.checkFree(name);
        Launch launch = Launch.of(options, spec.commandLine().getParseResult(), profiles);
        launch.check(streams);
        streams.out().println("Saved as " + profiles.save(name, launch.entries()) + ".");
        return ExitCodes.SUCCESS;
    }
}
