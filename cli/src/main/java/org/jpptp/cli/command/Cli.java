package org.jpptp.cli.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.OptionSections;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Flags;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.UsageSentence;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** The commands and how their failures are told: always one sentence, and never a stack trace unless asked. */
public final class Cli {
    private static final int HELP_WIDTH = 80;
    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;

    private final Streams streams;
    private final Messages messages;
    private final ConnectCommand connect;
    private final List<StartingCommand> starting;
    private final CommandLine commands;

    public Cli(Class<?> entry, TunnelRunner runner, Streams streams, Foreground foreground) {
        this.streams = streams;
        this.messages = new Messages(streams.err(), streams.errStyle(null));
        this.connect = new ConnectCommand(runner, streams, foreground);
        CommandLine connecting = sectioned(connect);
        this.starting =
                List.of(new UpCommand(runner, streams, foreground), new RestartCommand(runner, streams, foreground));
        this.commands = new CommandLine(new JpptpCommand()).addSubcommand(connecting);
        starting.forEach(command -> commands.addSubcommand(sectioned(command)));
        commands.addSubcommand(new DownCommand(runner, streams))
                .addSubcommand(new StatusCommand(runner, streams))
                .addSubcommand(new LockdownCommand(runner, streams))
                .addSubcommand(new ExplainCommand(streams))
                .addSubcommand(new ProbeCommand(runner, streams, foreground))
                .addSubcommand(new DoctorCommand(runner, streams))
                .addSubcommand(new DemoCommand(entry, streams, foreground))
                .addSubcommand(new CommandLine(new ProfileCommand())
                        .addSubcommand(new ProfileListCommand(streams))
                        .addSubcommand(new ProfileShowCommand(streams))
                        .addSubcommand(new ProfileCheckCommand(streams))
                        .addSubcommand(new ProfilePathCommand(streams))
                        .addSubcommand(saving(streams)))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new ImportCommand(streams))
                .addSubcommand(new HelpCommand())
                .addSubcommand(new VersionCommand())
                .registerConverter(boolean.class, Flags::parse)
                .registerConverter(Boolean.class, Flags::parse)
                // A name that begins with @ is a name, and no file of arguments.
                .setExpandAtFiles(false)
                .setOut(writer(streams.out()))
                .setErr(writer(streams.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        streams.outStyle(null).color() == Style.Color.ON ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(helpWidth(streams.outStyle(null).width()))
                .setParameterExceptionHandler((problem, arguments) -> usage(problem))
                .setExecutionExceptionHandler((problem, command, parsed) ->
                        failed(problem, command.getCommandSpec().qualifiedName()));
        complete(commands);
    }

    private static CommandLine saving(Streams streams) {
        CommandLine saving = new CommandLine(new ProfileSaveCommand(streams));
        saving.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections(ConnectOptions.HEADINGS));
        return saving;
    }

    /** What every command has. */
    private static void complete(CommandLine command) {
        command.getCommandSpec().versionProvider(() -> new String[] {Version.line()});
        if (!command.getCommandSpec().usageMessage().exitCodeListHeading().isEmpty()) {
            command.getCommandSpec().usageMessage().exitCodeList(ExitCodes.all());
        }
        command.getSubcommands().values().forEach(Cli::complete);
    }

    /** A command with the options of {@code connect}, in their sections. */
    private static CommandLine sectioned(Object command) {
        CommandLine line = new CommandLine(command);
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections(ConnectOptions.HEADINGS));
        return line;
    }

    /** As wide as the terminal, within what can be read and what picocli can lay out. */
    private static int helpWidth(int columns) {
        return columns == 0 ? HELP_WIDTH : Math.max(NARROWEST_HELP, Math.min(columns, WIDEST_HELP));
    }

    private PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, streams.charset()), true);
    }

    /** The commands, for what documents them. */
    CommandLine commands() {
        return commands;
    }

    /** Runs a command line to its end, and returns the exit code. */
    public int run(String... arguments) {
        starting.forEach(command -> command.given(arguments));
        try {
            return commands.execute(arguments);
        } catch (Throwable defect) {
            // What picocli does not hand to the handler: errors, such as a class that is missing.
            return defect(defect);
        }
    }

    private int usage(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        return tell(Failure.of(FailureReason.USAGE, UsageSentence.of(problem), "See '" + command + " --help'."));
    }

    private int failed(Exception problem, String command) {
        return problem instanceof UsageException usage
                ? tell(Failure.of(FailureReason.USAGE, usage.sentence(), "See '" + command + " --help'."))
                : defect(problem);
    }

    private int defect(Throwable defect) {
        if (connect.tracesDefects()) {
            defect.printStackTrace(streams.err());
        }
        return tell(Failure.of(
                FailureReason.INTERNAL,
                "Met a defect of its own: " + defect + ".",
                connect.tracesDefects()
                        ? "Please report it with the lines above."
                        : "Please report it, with the output of -vv."));
    }

    private int tell(Failure failure) {
        messages.failure(failure);
        return failure.reason().exitCode();
    }
}
