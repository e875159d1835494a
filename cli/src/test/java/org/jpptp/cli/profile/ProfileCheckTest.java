package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.cli.command.CommandLineRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jpptp profile check}: what it says of a file is so, and in the words of the file. */
class ProfileCheckTest {
    private static final String USER_AND_SERVER = "server = vpn\nuser = a\n";

    private final CommandLineRunner shell = new CommandLineRunner();

    @TempDir
    Path folder;

    @BeforeEach
    void make() {
        shell.environment.put("CONFIGURATION_DIRECTORY", folder.toString());
        shell.environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    private String check(byte[] octets) throws IOException {
        Path file = Files.write(folder.resolve("t.conf"), octets);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        CommandLineRunner.Result result = shell.run("profile", "check", "t");
        assertThat(result.exitCode()).isEqualTo(2);
        return result.err();
    }

    private String check(String text) throws IOException {
        return check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsQuotedStaysAsItIs() throws IOException {
        assertThat(check("server = 192.0.2.1 -u root\nuser = a\n"))
                .isEqualTo("t.conf:1: server takes a name or an IPv4 address, not '192.0.2.1 -u root'.\n");
        assertThat(check(USER_AND_SERVER + "route = SERVER\n"))
                .startsWith("t.conf:3: route takes an IPv4 network")
                .endsWith(", or default, not 'SERVER'.\n")
                .hasLineCount(1);
        assertThat(check(USER_AND_SERVER + "interface = \"--mppe any\"\n")).endsWith("not '--mppe any'.\n");
        assertThat(check(USER_AND_SERVER + "mppe = 40\ninterface = a' --mppe any 'b\n"))
                .startsWith("t.conf:4: interface takes ")
                .endsWith("not 'a' --mppe any 'b'.\n");
    }

    @Test
    void nothingIsMissingThatCouldNotBeRead() throws IOException {
        assertThat(check(new byte[] {'s', '=', (byte) 0xFF, '\n'})).isEqualTo("t.conf:1: this is not UTF-8.\n");
        assertThat(check("server = vpn\nuser = \"ab\n"))
                .isEqualTo("t.conf:2: a value that begins with a double quote ends with one.\n");
        assertThat(check("server = v\u0001\nuser = a\n")).isEqualTo("t.conf:1: there is a control character.\n");
        assertThat(check("server = vpn\nuser = " + "a".repeat(5000) + "\n"))
                .isEqualTo("t.conf:2: the line is longer than 4096 characters.\n");
        assertThat(check("server = vpn\nx\n"))
                .contains("t.conf: the key 'user' is missing")
                .contains("t.conf:2: a line says");
    }

    @Test
    void anEmptyPasswordIsNone() throws IOException {
        assertThat(check(USER_AND_SERVER + "password =\n")).isEqualTo("t.conf:3: password has no value.\n");
        assertThat(check(USER_AND_SERVER + "password = \"\"\n")).isEqualTo("t.conf:3: password has no value.\n");
    }
}
