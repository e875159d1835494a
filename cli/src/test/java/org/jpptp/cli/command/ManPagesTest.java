package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The pages of a package. */
class ManPagesTest {
    private static final Path TEXTS = Path.of("src/main/man");

    @TempDir
    Path folder;

    private final CommandLine commands = ManPages.theCommands();
    private Map<String, String> pages = Map.of();

    @BeforeEach
    void make() throws IOException {
        ManPages.main(new String[] {TEXTS.toString(), folder.toString(), "2026-11-01"});
        pages = new ManPages(Files.readString(TEXTS.resolve("jpptp.1")), commands, "2026-11-01").all();
    }

    @Test
    void eachCommandHasOne() throws IOException {
        List<String> expected = new ArrayList<>(List.of("jpptp.1", "jpptp.conf.5"));
        commands.getSubcommands().keySet().forEach(name -> expected.add("jpptp-" + name + ".1"));
        try (Stream<Path> written = Files.list(folder)) {
            assertThat(written.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            assertThat(folder.resolve(page.getKey())).hasContent(page.getValue());
        }
    }

    @Test
    void eachOptionIsOnItOnce() {
        commands.getSubcommands().forEach((name, command) -> {
            String text =
                    Objects.requireNonNull(pages.get("jpptp-" + name + ".1")).replace("\\-", "-");
            command.getCommandSpec().options().stream()
                    .flatMap(Completable::names)
                    .forEach(option -> assertThat(text.split("\\.TP\n\\.BR? (.* )?" + option + "[ \n=]", -1))
                            .as(name + " " + option)
                            .hasSize(2));
        });
    }

    @Test
    void theOverviewLeadsToEach() {
        assertThat(commands.getSubcommands().keySet())
                .allSatisfy(name -> assertThat(pages.get("jpptp.1")).contains(".BR jpptp\\-" + name + " (1)\n"));
        assertThat(pages.get("jpptp.1")).doesNotContain("password\\-file=").contains(".SH EXIT STATUS\n");
    }

    @Test
    void theToolsHaveNothingToSay() throws Exception {
        try (Stream<Path> written = Files.list(folder)) {
            for (Path page : written.toList()) {
                assertSilent(List.of("groff", "-ww", "-man", "-Tutf8", "-z", page.toString()));
                assertSilent(List.of("mandoc", "-Tlint", page.toString()));
            }
        }
    }

    private static void assertSilent(List<String> command) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin", command.get(0)))) {
            return;
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).as("%s", command).isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
