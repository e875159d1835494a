package org.jpptp.cli.command;

import java.util.concurrent.Callable;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jpptp help}: what many programs have beside {@code --help}. */
@Command(
        name = "help",
        description = "Show the help of COMMAND, or of all.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "Such as connect.")
    private String command = "";

    @Override
    public Integer call() {
        CommandLine all = spec.root().commandLine();
        CommandLine wanted = command.isEmpty() ? all : all.getSubcommands().get(command);
        if (wanted == null) {
            throw new UsageException("There is no command '" + Numbers.shown(command) + "'.");
        }
        wanted.usage(all.getOut(), all.getColorScheme());
        return ExitCodes.SUCCESS;
    }
}
