package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp profile path}, for {@code $EDITOR "$(jpptp profile path office)"}. */
final class ProfilePathCommand extends Command {
    private final Streams streams;

    private final Operand name = Operand.required("NAME", "The profile's name.");

    ProfilePathCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Profiles profiles = Profiles.of(streams.environment());
        streams.out().println(profiles.locate(name.text()).orElseThrow(() -> profiles.absent(name.text())));
        return ExitCodes.SUCCESS;
    }

    @Override
    CommandSpec describe() {
        return Described.command("path", this, "Tell where the profile is.")
                .exitCodes(Endings.of("There it is."))
                .with(name)
                .spec();
    }
}
