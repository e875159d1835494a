package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jpptp version}: the same as {@code --version}. */
@Command(
        name = "version",
        description = "Show the versions of jpptp and of Java.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%n")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.root().commandLine().getOut().println(Version.line());
        return ExitCodes.SUCCESS;
    }
}
