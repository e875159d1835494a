package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jpptp import}: nothing is saved that is not told, and what is told is so. */
class ImportCommandTest {
    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path config;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(config.resolve("machine"));
        shell.environment.put("CONFIGURATION_DIRECTORY", folder.toString());
        shell.environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    private CommandLineRunner.Result imported(String text, String... more) throws IOException {
        Path file = Files.writeString(config.resolve("file"), text);
        String[] line = new String[more.length + 2];
        line[0] = "import";
        line[1] = file.toString();
        System.arraycopy(more, 0, line, 2, more.length);
        return shell.run(line);
    }

    @Test
    void anEntryThatIsNothingForUsKeepsNoOtherBack() throws IOException {
        String book =
                "[First]\nPhoneNumber=192.0.2.1\n[Second]\nPhoneNumber=2001:db8::1\n[Third]\nPhoneNumber=192.0.2.3\n";
        CommandLineRunner.Result result = imported(book);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("First.conf", "Third.conf").doesNotContain("Second");
        assertThat(result.err())
                .contains("file:3: this entry names no PPTP server that can be connected to, and is left out.");
        assertThat(folder.resolve("First.conf")).exists();
        assertThat(folder.resolve("Second.conf")).doesNotExist();

        result = imported("[Second]\nPhoneNumber=2001:db8::1\n", "--stdout");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("names no PPTP server that can be connected to. See");
    }

    @Test
    void entriesInOtherScriptsAreAllSaved() throws IOException {
        String book = "[\u4f1a\u793e]\nPhoneNumber=192.0.2.1\n[\u65e5\u672c]\nPhoneNumber=192.0.2.3\n";
        CommandLineRunner.Result result = imported(book);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("/imported.conf", "/imported-2.conf");
    }

    @Test
    void whatNoProfileHasRoomForIsNotSaved() throws IOException {
        StringBuilder large = new StringBuilder("""
                [connection]
                id=big
                [vpn]
                service-type=org.freedesktop.NetworkManager.pptp
                gateway=192.0.2.1
                user=a
                [ipv4]
                """);
        for (int i = 0; i < 4000; i++) {
            large.append("route")
                    .append(i)
                    .append("=10.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250)
                    .append(".0/24\n");
        }
        for (String[] more : new String[][] {{}, {"--stdout"}}) {
            CommandLineRunner.Result result = imported(large.toString(), more);

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("would be longer than the 65536 octets that a profile may have.");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void linesAreThoseOfTheFile() throws IOException {
        String keyfile = """
                [connection]
                id=nm
                [vpn]
                service-type=org.freedesktop.NetworkManager.pptp
                gateway=192.0.2.1

                user=OTHER\\\\a
                domain=CORP
                """;
        CommandLineRunner.Result result = imported(keyfile);

        assertThat(result.err()).contains("file:8: left out: domain and user (line 7) both name a domain");
    }
}
