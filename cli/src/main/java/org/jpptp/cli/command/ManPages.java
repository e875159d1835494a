package org.jpptp.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual pages of a package. One text tells all; here it becomes {@code jpptp(1)} and a page for each command, whose names,
 * synopses and options that the text leaves out come from the commands themselves, as {@code --help} has them.
 */
public final class ManPages {
    private static final String COMMANDS = "COMMANDS";
    private static final String PROFILES = "jpptp.conf.5";

    private final ManSource source;
    private final CommandLine commands;
    private final String date;

    /** @param date of the pages, such as {@code 2026-11-01} */
    ManPages(String text, CommandLine commands, String date) {
        this.source = ManSource.of(text);
        this.commands = commands;
        this.date = date;
    }

    /**
     * Writes the pages.
     *
     * @param arguments the folder of the texts, the folder to write to, and the date
     */
    public static void main(String[] arguments) throws IOException {
        Path texts = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        ManPages pages = new ManPages(Files.readString(texts.resolve("jpptp.1")), theCommands(), arguments[2]);
        for (Map.Entry<String, String> page : pages.all().entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
        String profiles = Files.readString(texts.resolve(PROFILES));
        Files.writeString(folder.resolve(PROFILES), pages.dated(profiles));
    }

    /** They are looked at, and none is run. */
    static CommandLine theCommands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                Map.of());
        return new Cli(
                        ManPages.class,
                        (config, listener, secrets) -> {
                            throw new IllegalStateException("no tunnel is wanted");
                        },
                        streams,
                        new Foreground(streams))
                .commands();
    }

    /** Each page by the name of its file. */
    Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("jpptp.1", overview());
        commands.getSubcommands()
                .forEach((name, command) -> pages.put("jpptp-" + name + ".1", page(name, command.getCommandSpec())));
        return pages;
    }

    /** The text of a page with its date. */
    String dated(String text) {
        return fold(text.replaceFirst("(?m)^(\\.TH \\S+ \\d) \"\"", "$1 " + date)
                .lines()
                .toList());
    }

    private String overview() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, List<String>> section : source.sections().entrySet()) {
            if (!section.getKey().isEmpty()) {
                lines.add(".SH " + section.getKey());
            }
            if (section.getKey().equals(COMMANDS)) {
                commands.getSubcommands().forEach((name, command) -> {
                    lines.add(".TP");
                    lines.add(".BR jpptp\\-" + name + " (1)");
                    lines.add(description(command.getCommandSpec()));
                });
            } else {
                lines.addAll(section.getValue());
            }
        }
        return dated(String.join("\n", lines));
    }

    private String page(String name, CommandSpec command) {
        ManSource.Block block = source.command(name);
        List<String> lines = new ArrayList<>();
        lines.add(".TH JPPTP-" + name.toUpperCase(Locale.ROOT) + " 1 " + date + " \"jpptp\" \"User Commands\"");
        lines.add(".SH NAME");
        String summary = description(command).replaceFirst("(?s)[:.;] .*|\\.$", "");
        lines.add(
                "jpptp\\-" + name + " \\- " + summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1));
        lines.add(".SH SYNOPSIS");
        lines.add(".nf");
        lines.addAll(synopsis(command).map(ManSource::escaped).toList());
        lines.add(".fi");
        lines.add(".SH DESCRIPTION");
        lines.addAll(block.before().isEmpty() ? List.of(description(command)) : block.before());
        boolean isOfCommands =
                !block.entries().isEmpty() && block.entries().stream().noneMatch(ManSource::isOption);
        lines.add(".SH " + (isOfCommands ? COMMANDS : "OPTIONS"));
        block.entries().forEach(lines::addAll);
        command.options().stream()
                .filter(option ->
                        block.entries().stream().noneMatch(entry -> ManSource.tells(entry, option.longestName())))
                .forEach(option -> lines.addAll(entry(option)));
        if (!block.after().isEmpty()) {
            lines.add(".SH NOTES");
            lines.addAll(block.after());
        }
        lines.add(".SH EXIT STATUS");
        command.usageMessage().exitCodeList().forEach((code, meaning) -> {
            lines.add(".TP");
            lines.add(".B " + code);
            lines.add(ManSource.escaped(meaning));
        });
        if (!command.subcommands().isEmpty()) {
            lines.add("Each of them tells with \\-\\-help how it can end.");
        }
        lines.addAll(List.of(".SH SEE ALSO", ".BR jpptp (1),"));
        lines.add(".BR jpptp.conf (5)");
        return fold(lines);
    }

    private static String description(CommandSpec command) {
        return ManSource.escaped(String.join(" ", command.usageMessage().description()));
    }

    private static Stream<String> synopsis(CommandSpec command) {
        String[] own = command.usageMessage().customSynopsis();
        if (own.length > 0) {
            return Stream.of(own);
        }
        String parameters = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .map(label -> " [" + label + "]")
                .collect(Collectors.joining());
        return Stream.of(
                command.qualifiedName() + (command.subcommands().isEmpty() ? " [OPTION]..." : " COMMAND") + parameters);
    }

    private static List<String> entry(OptionSpec option) {
        String names =
                Completable.names(option).map(ManSource::escaped).collect(Collectors.joining(" \", \" ", ".BR ", ""));
        String value = option.arity().max() == 0 ? "" : " =\\fI" + ManSource.escaped(option.paramLabel()) + "\\fR";
        return List.of(
                ".TP",
                names + value,
                ManSource.escaped(String.join(" ", option.description())
                        .replace("${DEFAULT-VALUE}", option.defaultValueString())));
    }

    /** No line of text longer than what a style check takes. */
    private static String fold(List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean asItIs = false;
        for (String line : lines) {
            asItIs = line.equals(".nf") || (asItIs && !line.equals(".fi"));
            text.append(asItIs || line.startsWith(".") ? line : ManSource.folded(line))
                    .append('\n');
        }
        return text.toString();
    }
}
