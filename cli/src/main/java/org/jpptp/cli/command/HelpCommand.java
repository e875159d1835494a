package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp help}: what many programs have beside {@code --help}. */
final class HelpCommand extends Command {

    private final Operand command = Operand.optional("COMMAND", "Such as connect.");

    @Override
    public Integer call() {
        CommandLine all = spec().root().commandLine();
        String name = command.text();
        CommandLine wanted = name.isEmpty() ? all : all.getSubcommands().get(name);
        if (wanted == null) {
            throw new UsageException("There is no command '" + Numbers.shown(name) + "'.");
        }
        wanted.usage(all.getOut(), all.getColorScheme());
        return ExitCodes.SUCCESS;
    }

    @Override
    CommandSpec describe() {
        return Described.command("help", this, "Show the help of COMMAND, or of all.")
                .exitCodes(Endings.of("The help is shown."))
                .with(command)
                .spec();
    }
}
