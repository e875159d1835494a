package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Version;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp version}: the same as {@code --version}. */
final class VersionCommand extends Command {

    @Override
    public Integer call() {
        spec().root().commandLine().getOut().println(Version.line());
        return ExitCodes.SUCCESS;
    }

    @Override
    CommandSpec describe() {
        return Described.command("version", this, "Show the versions of jpptp and of Java.")
                .exitCodes(Endings.of("The versions are shown."))
                .spec();
    }
}
