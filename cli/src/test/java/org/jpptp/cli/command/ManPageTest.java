package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    void everyExitCodeHasItsMeaning() {
        for (FailureReason reason : FailureReason.values()) {
            assertThat(text()).contains("\n.TP\n.B " + reason.exitCode() + "\n" + ExitCodes.meaning(reason) + "\n");
        }
    }
}
