package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that Java cannot name to the system, wherever they are given. */
class PathsTest {
    /** No locale has this half of a character. */
    private static final String BAD = "/x\ud800";

    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path config;

    @BeforeEach
    void make() throws IOException {
        shell.environment.put("CONFIGURATION_DIRECTORY", config.toString());
        shell.environment.put("XDG_CONFIG_HOME", config.toString());
        Files.writeString(config.resolve("l.log"), "a\n");
        Files.writeString(config.resolve("peer"), "pptp_server 192.0.2.1\nplugin pptp.so\nname a\n");
    }

    private CommandLineRunner.Result run(String line) {
        return shell.run(
                line.replace("BAD", BAD).replace("DIR", config.toString()).split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bugreport -o BAD",
                "explain BAD",
                "explain DIR/l.log BAD",
                "explain DIR/l.log --decrypt BAD --password-fd 0",
                "explain DIR/l.log --report BAD",
                "explain DIR/l.log --nt-hash BAD",
                "connect 192.0.2.1 -u a --password-file BAD",
                "connect 192.0.2.1 -u a --log BAD",
                "connect 192.0.2.1 -u a --capture BAD",
                "connect 192.0.2.1 -u a --report BAD",
                "connect 192.0.2.1 -u a --on-up BAD",
                "connect BAD",
                "profile check BAD",
                "profile save x 192.0.2.1 -u a --log BAD",
                "import BAD",
                "import DIR/peer --secrets BAD"
            })
    void oneSentenceForAllThatNamesAFile(String line) {
        CommandLineRunner.Result result = run(line);

        assertThat(result.err())
                .contains("jpptp: The path of ")
                .contains(" holds characters that this locale cannot express; set LC_ALL=C.UTF-8. See 'jpptp ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(shell.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bugreport --output=",
                "explain DIR/l.log --decrypt= --password-fd 0",
                "explain DIR/l.log --report=",
                "connect 192.0.2.1 -u a --log=",
                "connect 192.0.2.1 -u a --capture=",
                "connect 192.0.2.1 -u a --report=",
                "connect 192.0.2.1 -u a --report=-"
            })
    void anEmptyOneIsNoNameOfAFile(String line) {
        CommandLineRunner.Result result = run(line);

        assertThat(result.err()).contains(" takes the name of a file, not '").startsWith("jpptp: --");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void foldersThatCannotBeExpressedArePassedOver() {
        shell.environment.put("HOME", BAD);
        shell.environment.remove("XDG_CONFIG_HOME");
        assertThat(run("profile path peer").err()).startsWith("jpptp: There is no profile 'peer' in " + config + ".");
        shell.environment.put("XDG_CONFIG_HOME", BAD);
        shell.environment.put("CONFIGURATION_DIRECTORY", BAD);
        assertThat(run("profile path peer").err()).startsWith("jpptp: There is no profile 'peer' in /etc/jpptp.");
        shell.environment.put("CREDENTIALS_DIRECTORY", BAD);
        assertThat(run("connect 192.0.2.1 -u a").exitCode()).isZero();
    }
}
