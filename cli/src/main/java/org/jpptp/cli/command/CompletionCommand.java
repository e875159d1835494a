package org.jpptp.cli.command;

import java.util.List;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp completion}: what a package installs, and others can put into their shell's start file. */
final class CompletionCommand extends Command {
    static final List<String> SHELLS = List.of("bash", "zsh");

    private final Operand shell = Operand.required("SHELL", "bash or zsh.");

    @Override
    public Integer call() {
        CommandLine all = spec().root().commandLine();
        all.getOut().print(script(all));
        all.getOut().flush();
        return ExitCodes.SUCCESS;
    }

    private String script(CommandLine all) {
        return switch (shell.text()) {
            case "bash" -> BashCompletion.of(all);
            case "zsh" -> ZshCompletion.of(all);
            default ->
                throw new UsageException(
                        "There is completion for bash and zsh, not '" + Numbers.shown(shell.text()) + "'.");
        };
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "completion",
                        this,
                        "Show a script that lets SHELL, bash or zsh, complete commands, options and the names of profiles.")
                .exitCodes(Endings.of("The script is shown."))
                .with(shell)
                .spec();
    }
}
