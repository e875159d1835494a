package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile save}: options become a profile, without a connection. */
final class ProfileSaveCommand extends Command {
    private final Streams streams;

    private final Operand name = Operand.required("NAME", "What the profile is to be called.");

    private final ConnectOptions options = new ConnectOptions();

    ProfileSaveCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.goOnWithoutOut();
        Profiles profiles = Profiles.of(streams.environment());
        profiles.checkFree(name.text());
        Launch launch = Launch.of(options, spec().commandLine().getParseResult(), profiles);
        launch.check(streams);
        streams.out().println("Saved as " + profiles.save(name.text(), launch.entries()) + ".");
        return ExitCodes.SUCCESS;
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "save", this, "Write a profile that says what these options of connect say; never a password.")
                .synopsis("jpptp profile save NAME SERVER[:PORT]|PROFILE [OPTION]...")
                .exitCodes(Endings.of("The profile is saved."))
                .with(name)
                .with("options", options.spec())
                .spec();
    }
}
