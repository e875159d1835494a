package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.cli.command.CommandLineRunner;
import org.jpptp.cli.service.ClientTunnel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    private Path file(String name, String rights, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private CommandLineRunner.Result checked(String text) throws IOException {
        Files.setPosixFilePermissions(
                Files.writeString(folder.resolve("t.conf"), text), PosixFilePermissions.fromString("rw-------"));
        return shell.run("profile", "check", "t");
    }

    /** What a start would say, at the line that it is about. */
    @Test
    void theFilesThatItNamesAreLookedAt() throws IOException {
        file("open", "rw-r--r--", "secret\n");
        file("empty", "rw-------", "\n");
        file("text", "rw-------", "no program");
        shell.runner = ClientTunnel.RUNNER;
        assertThat(check(USER_AND_SERVER + "password-file = gone\n"))
                .isEqualTo("t.conf:3: The password file " + folder + "/gone does not exist.\n");
        assertThat(check(USER_AND_SERVER + "password-file = .\n")).endsWith("is a directory.\n");
        assertThat(check(USER_AND_SERVER + "password-file = open\n"))
                .endsWith("/open is open to others than its owner; run 'chmod 600 " + folder + "/open'.\n");
        assertThat(check(USER_AND_SERVER
                        + "password-file = empty\nchange-password = on\nnew-password-file = gone\n"
                        + "log = none/log\ncapture = none/capture\non-up = /none\non-down = " + folder + "/text\n"))
                .isEqualTo("""
                        t.conf:3: The password file F/empty is empty.
                        t.conf:5: The password file F/gone does not exist.
                        t.conf:6: The file F/none/log of log cannot be written: there is no such directory.
                        t.conf:7: The file F/none/capture of capture cannot be written: there is no such directory.
                        t.conf:8: The hook "/none" cannot be run: it does not exist.
                        t.conf:9: The hook "F/text" cannot be run: it is no program that can be run.
                        """.replace("F/", folder + "/"));
        assertThat(check(USER_AND_SERVER + "log = open\n"))
                .startsWith("t.conf:3: The file " + folder + "/open of log is open to others");
        assertThat(check(USER_AND_SERVER + "password = " + "a".repeat(300) + "\n"))
                .startsWith("t.conf:3: The password in ")
                .contains(" is longer than the 256 characters");
    }

    @Test
    void nothingIsMadeOfThem() throws IOException {
        file("secret", "rw-------", "secret\n");
        Path log = file("log", "rw-------", "a line\n");
        shell.runner = ClientTunnel.RUNNER;
        CommandLineRunner.Result result =
                checked(USER_AND_SERVER + "password-file = secret\nlog = log\ncapture = capture\non-up = /bin/true\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(log).hasContent("a line\n");
        assertThat(folder.resolve("capture")).doesNotExist();
    }

    /** Whoever reads it takes the password away from the start that it was written for. */
    @Test
    @Timeout(120)
    void aPipeIsLeftAlone() throws Exception {
        assertThat(new ProcessBuilder(
                                "mkfifo", "-m", "600", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(checked(USER_AND_SERVER + "password-file = pipe\n").exitCode())
                .isZero();
    }

    /** Where it is not named on the command line, root may have given up the right to look. */
    @Test
    void theListIsOfLines() throws IOException {
        checked(USER_AND_SERVER + "password-file = gone\n");
        assertThat(shell.run("profile", "list").out()).contains("t.conf  vpn").doesNotContain("gone");
    }
}
