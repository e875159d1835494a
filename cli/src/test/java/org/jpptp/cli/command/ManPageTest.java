package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page tells everything that the commands understand. */
class ManPageTest {
    private final String source;
    private final CommandLine commands;

    ManPageTest() throws IOException {
        source = Files.readString(Path.of("src/main/man/jpptp.1"));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                Map.of());
        TunnelRunner none = (config, listener, secrets) -> {
            throw new AssertionError("not run");
        };
        commands = new Cli(ManPageTest.class, none, streams, new Foreground(streams)).commands();
    }

    private Stream<CommandLine> each() {
        return each(commands);
    }

    private static Stream<CommandLine> each(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ManPageTest::each));
    }

    @Test
    void everyCommandOfACommandIsThere() {
        commands.getSubcommands()
                .forEach((name, command) -> command.getSubcommands()
                        .keySet()
                        .forEach(each ->
                                assertThat(text()).containsPattern("\n\\.BR? \"?" + name + " " + each + "[\"\n]")));
    }

    /** The page as it is read, without fonts and escapes. */
    private String text() {
        return source.replaceAll("\\\\f[A-Z]", "").replace("\\-", "-").replace("\\e", "\\");
    }

    @Test
    void everyCommandHasASection() {
        assertThat(commands.getSubcommands().keySet())
                .allSatisfy(name -> assertThat(source).contains("\n.SS " + name + "\n"));
    }

    @Test
    void everyOptionIsThere() {
        each().flatMap(command -> command.getCommandSpec().options().stream())
                .flatMap(ManPageTest::names)
                .forEach(name -> assertThat(text()).containsPattern("\\n\\.BR? (.* )?" + name + "[ \\n=]"));
    }

    private static Stream<String> names(OptionSpec option) {
        Stream<String> names = Stream.of(option.names());
        return option.negatable() ? names.flatMap(name -> Stream.of(name, name.replaceFirst("^--", "--no-"))) : names;
    }

    @Test
    void everyParameterIsThere() {
        each().flatMap(command -> command.getCommandSpec().positionalParameters().stream())
                .map(ArgSpec::paramLabel)
                .forEach(label -> assertThat(source).contains("\n.IR " + label));
    }

    /** Those of the system itself, such as below /proc, are none of the program's. */
    @Test
    void everyFileIsThere() throws IOException {
        String files = text().replaceAll("(?s).*\n\\.SH FILES\n(.*?)\n\\.SH .*", "$1")
                .replaceAll("(?m)^\\.[A-Z]+ |[\" ,]", "");
        Pattern named = Pattern.compile("\"((?:/etc|/run|/var|/tmp|/dev/shm)(?:/[^\"]*)?)\""
                + "|(?:SUFFIX|LOCK) = \"([^\"]+)\"|name \\+ \"(\\.[a-z]+)\"|getFileName\\(\\) \\+ \"(\\.[a-z]+)\""
                + "|\\b[A-Z_]+\\(\"(\\.[a-z]+)\"\\)");
        Set<String> names = new TreeSet<>();
        for (Path source : sources()) {
            Matcher found = named.matcher(Files.readString(source));
            while (found.find()) {
                names.add(IntStream.rangeClosed(1, found.groupCount())
                        .mapToObj(found::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow());
            }
        }
        assertThat(names).contains("/run/jpptp", ".sock", ".log", ".trace", ".ended", ".old");
        assertThat(names).allSatisfy(name -> assertThat(files).contains(name));
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("cli", "client-core", "lab")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void everyExitCodeHasItsMeaning() {
        for (FailureReason reason : FailureReason.values()) {
            assertThat(text()).contains("\n.TP\n.B " + reason.exitCode() + "\n" + ExitCodes.meaning(reason) + "\n");
        }
    }
}
