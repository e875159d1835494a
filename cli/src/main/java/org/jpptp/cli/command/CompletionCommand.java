package org.jpptp.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jpptp completion}: what a package installs, and others can put into their shell's start file. */
@Command(
        name = "completion",
        description =
                "Show a script that lets SHELL, bash or zsh, complete commands, options and the names of profiles.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class CompletionCommand implements Callable<Integer> {
    static final List<String> SHELLS = List.of("bash", "zsh");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Override
    public Integer call() {
        CommandLine all = spec.root().commandLine();
        all.getOut().print(script(all));
        all.getOut().flush();
        return ExitCodes.SUCCESS;
    }

    private String script(CommandLine all) {
        return switch (shell) {
            case "bash" -> BashCompletion.of(all);
            case "zsh" -> ZshCompletion.of(all);
            default ->
                throw new UsageException("There is completion for bash and zsh, not '" + Numbers.shown(shell) + "'.");
        };
    }
}
