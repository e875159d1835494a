package org.jpptp.cli.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.OptionSections;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.UsageSentence;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The commands and how their failures are told: always one sentence, and never a stack trace unless asked. What picocli calls are
 * classes and no lambdas: the class data (packaging/launcher/prepare) has no lambdas of picocli's interfaces, so that each would
 * be made anew at every start.
 */
public final class Cli {
    private static final int HELP_WIDTH = 80;
    private static final int NARROWEST_HELP = 55;
    private static final int WIDEST_HELP = 100;
    /** In the order of the help. */
    private static final List<String> NAMES = List.of(
            "connect",
            "up",
            "restart",
            "down",
            "status",
            "exec",
            "lockdown",
            "explain",
            "probe",
            "doctor",
            "bugreport",
            "demo",
            "profile",
            "completion",
            "import",
            "help",
            "version");

    /** What speaks of the other commands. */
    private static final Set<String> ABOUT_OTHERS = Set.of("help", "completion");

    private final Class<?> entry;
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;
    private final Messages messages;
    private @Nullable CommandLine commands;

    public Cli(Class<?> entry, TunnelRunner runner, Streams streams, Foreground foreground) {
        this.streams = streams;
        this.messages = new Messages(streams.err(), streams.errStyle(null));
        this.runner = runner;
        this.foreground = foreground;
        this.entry = entry;
    }

    /** All commands, for what documents them. */
    CommandLine commands() {
        return commands(NAMES);
    }

    /**
     * Those that a command line needs: what it begins with, or all of them. Each costs something to put together, and the options of a
     * tunnel are in four of them.
     */
    private CommandLine needed(String... arguments) {
        boolean one = arguments.length > 0 && NAMES.contains(arguments[0]) && !ABOUT_OTHERS.contains(arguments[0]);
        return commands(one ? List.of(arguments[0]) : NAMES);
    }

    /** One of {@link #NAMES}. A switch, since each lambda of a table would cost part of a millisecond at every start. */
    private CommandLine command(String name) {
        return switch (name) {
            case "connect" -> sectioned(new ConnectCommand(runner, streams, foreground));
            case "up" -> sectioned(new UpCommand(runner, streams, foreground));
            case "restart" -> sectioned(new RestartCommand(runner, streams, foreground));
            case "down" -> line(new DownCommand(runner, streams));
            case "status" -> line(new StatusCommand(runner, streams));
            case "exec" -> line(new ExecCommand(runner, streams)).setStopAtPositional(true);
            case "lockdown" -> line(new LockdownCommand(runner, streams));
            case "explain" -> line(new ExplainCommand(streams));
            case "probe" -> line(new ProbeCommand(runner, streams, foreground));
            case "doctor" -> line(new DoctorCommand(runner, streams));
            case "bugreport" -> line(new BugreportCommand(runner, streams));
            case "demo" -> line(new DemoCommand(entry, streams, foreground));
            case "profile" -> profiles();
            case "completion" -> line(new CompletionCommand());
            case "import" -> line(new ImportCommand(streams));
            case "help" -> line(new HelpCommand());
            case "version" -> line(new VersionCommand());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private CommandLine commands(List<String> names) {
        // What picocli finds by reflection: no option is of such a type, and to look at java.time alone costs a twelfth
        // of a short run.
        System.setProperty("picocli.converters.excludes", "java\\..*");
        CommandLine commands = Arguments.line(JpptpCommand.spec());
        for (String name : names) {
            commands.addSubcommand(command(name));
        }
        Told told = new Told();
        // A name that begins with @ is a name, and no file of arguments.
        commands.setExpandAtFiles(false)
                .setOut(writer(streams.out()))
                .setErr(writer(streams.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        streams.outStyle(null).color() == Style.Color.ON ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(helpWidth(streams.outStyle(null).width()))
                .setParameterExceptionHandler(told)
                .setExecutionExceptionHandler(told);
        complete(commands, new Version());
        return commands;
    }

    private CommandLine profiles() {
        return Arguments.line(ProfileCommand.spec())
                .addSubcommand(line(new ProfileListCommand(streams)))
                .addSubcommand(line(new ProfileShowCommand(streams)))
                .addSubcommand(line(new ProfileCheckCommand(runner, streams)))
                .addSubcommand(line(new ProfilePathCommand(streams)))
                .addSubcommand(sectioned(new ProfileSaveCommand(streams)));
    }

    /** What every command has. */
    private static void complete(CommandLine command, Version version) {
        command.getCommandSpec().versionProvider(version);
        for (CommandLine below : command.getSubcommands().values()) {
            complete(below, version);
        }
    }

    /** A command with the options of {@code connect}, in their sections. */
    private static CommandLine sectioned(Command command) {
        CommandLine line = line(command);
        line.getCommandSpec().usageMessage().optionListHeading("");
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections(ConnectOptions.HEADINGS));
        return line;
    }

    private static CommandLine line(Command command) {
        return Arguments.line(command.spec());
    }

    /** As wide as the terminal, within what can be read and what picocli can lay out. */
    private static int helpWidth(int columns) {
        return columns == 0 ? HELP_WIDTH : Math.max(NARROWEST_HELP, Math.min(columns, WIDEST_HELP));
    }

    private PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, streams.charset()), true);
    }

    /** Runs a command line to its end, and returns the exit code. */
    public int run(String... arguments) {
        try {
            CommandLine needed = needed(arguments);
            commands = needed;
            streams.hush();
            return written(needed.execute(arguments));
        } catch (Throwable defect) {
            // What picocli does not hand to the handler: errors, such as a class that is missing.
            return defect(defect);
        }
    }

    /** What a command comes to that was to show something; one that fails anyway, or has codes of its own, keeps its own. */
    private int written(int code) {
        Optional<IOException> lost = streams.lost();
        return lost.isEmpty() ? code : messages.beside(code, Messages.nothingWritten(lost.get()));
    }

    /** Where more is said. */
    private static String help(String command) {
        return "See '" + command + " --help'.";
    }

    private int defect(Throwable defect) {
        boolean traced = commands != null
                && commands.getSubcommands().values().stream()
                        .anyMatch(command ->
                                command.getCommand() instanceof TracesDefects asked && asked.tracesDefects());
        if (traced) {
            defect.printStackTrace(streams.err());
        }
        return tell(Failure.of(
                FailureReason.INTERNAL,
                "Met a defect of its own: " + defect + ".",
                traced ? "Please report it with the lines above." : "Please report it, with the output of -vv."));
    }

    private int tell(Failure failure) {
        messages.failure(failure);
        return failure.reason().exitCode();
    }

    /** What a command line or a command comes to that ends with an exception. */
    private final class Told implements IParameterExceptionHandler, IExecutionExceptionHandler {
        @Override
        public int handleParseException(ParameterException problem, String[] arguments) {
            String command = problem.getCommandLine().getCommandSpec().qualifiedName();
            return tell(Failure.of(FailureReason.USAGE, UsageSentence.of(problem), help(command)));
        }

        @Override
        public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
            if (problem instanceof NotWrittenException refused) {
                return tell(refused.failure());
            }
            return problem instanceof UsageException usage
                    ? tell(Failure.of(
                            FailureReason.USAGE,
                            usage.sentence(),
                            help(command.getCommandSpec().qualifiedName())))
                    : defect(problem);
        }
    }
}
