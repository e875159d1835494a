package org.jpptp.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a shell may put behind a command, as the commands themselves say it.
 *
 * @param path the command's words with a slash before each, empty for the program itself
 */
record Completable(String path, CommandSpec command) {
    /** What an argument is. */
    enum Kind {
        PROFILE,
        FILE,
        COMMAND,
        SHELL,
        /** Nobody else knows. */
        TEXT
    }

    /** A command and all below it. */
    static List<Completable> of(CommandLine root) {
        List<Completable> all = new ArrayList<>();
        add("", root, all);
        return all;
    }

    private static void add(String path, CommandLine command, List<Completable> all) {
        all.add(new Completable(path, command.getCommandSpec()));
        command.getSubcommands().forEach((name, each) -> add(path + "/" + name, each, all));
    }

    List<String> subcommands() {
        return List.copyOf(command.subcommands().keySet());
    }

    /** The words that its first argument may be, where they are few. */
    List<String> words(CommandSpec root) {
        return switch (argument()) {
            case COMMAND -> List.copyOf(root.subcommands().keySet());
            case SHELL -> CompletionCommand.SHELLS;
            case PROFILE, FILE, TEXT -> subcommands();
        };
    }

    /** Every option, by each of its names. */
    List<String> options() {
        return command.options().stream().flatMap(Completable::names).toList();
    }

    /** With the names that take a flag back. */
    static Stream<String> names(OptionSpec option) {
        Stream<String> names = Stream.of(option.names());
        return option.negatable() ? names.flatMap(name -> Stream.of(name, name.replaceFirst("^--", "--no-"))) : names;
    }

    /** Names of options that take a value of this kind. */
    List<String> options(Kind kind) {
        return command.options().stream()
                .filter(option -> takesValue(option) && kind(option.paramLabel()) == kind)
                .flatMap(Completable::names)
                .toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().min() > 0;
    }

    /** What its arguments are; text where it takes none. */
    Kind argument() {
        return command.positionalParameters().stream()
                .findFirst()
                .map(PositionalParamSpec::paramLabel)
                .map(Completable::kind)
                .orElse(Kind.TEXT);
    }

    static Kind kind(String label) {
        if (label.contains("FILE") && !label.contains("PROFILE")) {
            return Kind.FILE;
        }
        return switch (label) {
            case "COMMAND" -> Kind.COMMAND;
            case "SHELL" -> Kind.SHELL;
            case "SERVER", "PROFILE", "SERVER|PROFILE", "NAME" -> Kind.PROFILE;
            default -> Kind.TEXT;
        };
    }
}
