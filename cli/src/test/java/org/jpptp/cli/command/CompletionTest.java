package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion as real shells do it. */
class CompletionTest {
    /** A zsh with a terminal of its own, in which a key is pressed. */
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty shell 'env PS1="%% " TERM=dumb ZDOTDIR=/nonexistent zsh -f -i'
            zpty -w shell "unsetopt zle_bracketed_paste 2>/dev/null; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; print ready-\\$((40 + 2))"
            zpty -r shell seen '*ready-42*'
            zpty -w -n shell "$2"$'\\t'
            zpty -r shell seen "*$3*" && print -r -- "$seen"
            zpty -d shell
            """;

    @TempDir
    Path directory;

    private Path bash = Path.of("/");

    @BeforeEach
    void scripts() throws IOException {
        bash = Files.writeString(directory.resolve("jpptp.bash"), BashCompletion.of(ManPages.theCommands()));
        Files.writeString(directory.resolve("_jpptp"), ZshCompletion.of(ManPages.theCommands()));
        Path profiles = Files.createDirectories(directory.resolve("config/jpptp"));
        Files.createFile(profiles.resolve("office.conf"));
        Files.createFile(profiles.resolve("offsite.conf"));
        Files.createFile(profiles.resolve("office.password"));
        Files.createFile(profiles.resolve("o$(touch ran).conf"));
        Files.createFile(profiles.resolve("o b.conf"));
        Files.createFile(directory.resolve("secret word"));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .directory(directory.toFile());
        builder.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    /** What bash offers for the last of these words; a sign between an option and its value is a word there. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        String line = List.of(words).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return run(List.of(
                        "bash",
                        "-c",
                        "source '" + bash + "'; COMP_WORDS=(jpptp " + line + "); COMP_CWORD=" + words.length
                                + "; _jpptp; ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\""))
                .lines()
                .toList();
    }

    @Test
    void bashKnowsTheCommands() throws Exception {
        assertThat(offered("")).contains("connect", "profile", "completion", "version");
        assertThat(offered("comp")).containsExactly("completion");
        assertThat(offered("completion", "")).containsExactly("bash", "zsh");
        assertThat(offered("help", "prof")).containsExactly("profile");
        assertThat(offered("profile", "s")).containsExactlyInAnyOrder("show", "save");
    }

    @Test
    void bashKnowsTheProfiles() throws Exception {
        assertThat(offered("connect", "off")).containsExactly("office", "offsite");
        assertThat(offered("profile", "show", "offi")).containsExactly("office");
        assertThat(offered("connect", "-u", "")).isEmpty();
        assertThat(offered("connect", "--mppe", "=", "")).isEmpty();
    }

    @Test
    void bashKnowsTheOptionsAndTheirFiles() throws Exception {
        assertThat(offered("connect", "--pass")).containsExactly("--password-file", "--password-fd");
        assertThat(offered("connect", "--no-c")).containsExactly("--no-color");
        assertThat(offered("profile", "list", "--j")).containsExactly("--json");
        assertThat(offered("connect", "--password-file", "secr")).containsExactly("secret word");
        assertThat(offered("connect", "--password-file", "=", "secr")).containsExactly("secret word");
    }

    private String typed(String line, String expected) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("timeout", "50", "zsh", "-f", "-c", ZSH, "zsh"));
        command.addAll(List.of(directory.toString(), line, expected));
        return run(command);
    }

    @Test
    void zshCompletesCommandsOptionsAndProfiles() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "needs zsh");
        assertThat(run(List.of("zsh", "-f", "-n", directory.resolve("_jpptp").toString())))
                .isEmpty();
        assertThat(typed("jpptp comp", "completion")).contains("jpptp completion");
        assertThat(typed("jpptp profile sh", "show")).contains("jpptp profile show");
        assertThat(typed("jpptp connect offi", "office")).contains("jpptp connect office");
        assertThat(typed("jpptp connect --password-fi", "file=")).contains("jpptp connect --password-file=");
        assertThat(typed("jpptp connect --password-file=secr", "secret")).contains("--password-file=secret");
    }
}
