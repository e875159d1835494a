package org.jpptp.cli.command;

import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Operands;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp help}: what many programs have beside {@code --help}. */
final class HelpCommand extends Command {

    private final Operands words = Operands.any("COMMAND", "Such as connect, or profile save.");

    @Override
    public Integer call() {
        CommandLine all = spec().root().commandLine();
        CommandLine wanted = all;
        for (String word : words.values()) {
            CommandLine below = wanted.getSubcommands().get(word);
            if (below == null) {
                String above = wanted == all ? "" : wanted.getCommandSpec().name() + " ";
                throw new UsageException("There is no command '" + above + Numbers.shown(word) + "'.");
            }
            wanted = below;
        }
        wanted.usage(all.getOut(), all.getColorScheme());
        return ExitCodes.SUCCESS;
    }

    @Override
    CommandSpec describe() {
        return Described.command("help", this, "Show the help of COMMAND, or of all.")
                .exitCodes(Endings.of("The help is shown."))
                .with(words)
                .spec();
    }
}
