package org.jpptp.cli.argument;

import java.util.concurrent.Callable;
import org.jpptp.cli.usage.Endings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help tells of a command. */
public final class Described {
    private static final String EMPTY_LINE = "%n";

    private final CommandSpec spec;

    private Described(CommandSpec spec, String name, String description) {
        this.spec = spec.name(name);
        usage().description(description)
                .sortOptions(false)
                .descriptionHeading(EMPTY_LINE)
                .parameterListHeading(EMPTY_LINE)
                .optionListHeading(EMPTY_LINE);
    }

    /** A command that does something. */
    public static Described command(String name, Callable<Integer> command, String description) {
        return new Described(Arguments.specification(command), name, description);
    }

    /** A command that only has others below it. */
    public static Described group(String name, String description) {
        Described group = new Described(Arguments.of(), name, description);
        group.usage().synopsisSubcommandLabel("COMMAND").commandListHeading("%nCommands:%n");
        return group;
    }

    /** How it is called, where that is not what its arguments say by themselves; one line each. */
    public Described synopsis(String... lines) {
        usage().customSynopsis(lines);
        return this;
    }

    /** How it can end. */
    public Described exitCodes(Endings endings) {
        usage().exitCodeListHeading("%nExit codes:%n").exitCodeList(endings.list());
        return this;
    }

    /** Last of all. */
    public Described footer(String... lines) {
        usage().footerHeading(EMPTY_LINE).footer(lines);
        return this;
    }

    /** With these arguments, behind those that it has already. */
    public Described with(Argument... arguments) {
        Arguments.add(spec, arguments);
        return this;
    }

    /** With a group of arguments by its name, behind those that it has already. */
    public Described with(String name, CommandSpec group) {
        spec.addMixin(name, group);
        return this;
    }

    /** All of that, and last what every command takes. */
    public CommandSpec spec() {
        return spec.addMixin("help", help());
    }

    private UsageMessageSpec usage() {
        return spec.usageMessage();
    }

    private static CommandSpec help() {
        return Arguments.of()
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }
}
