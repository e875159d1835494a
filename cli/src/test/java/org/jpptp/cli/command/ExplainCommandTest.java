package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.view.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jpptp explain}, from its arguments to its exit code. */
class ExplainCommandTest {
    private static final String CHAP = "../lab/harness/src/test/resources/captures/chap-only.pcap";
    private static final String DEAD = "../lab/harness/src/test/resources/captures/windows-xp-control.pcap";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Streams.Watcher watcher, Map<String, String> environment, String... arguments) {
        Streams streams = new Streams(
                new ByteArrayInputStream("Hi,\nnothing works.\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                watcher,
                watcher,
                environment);
        TunnelRunner none = (config, listener, secrets) -> {
            throw new AssertionError("nothing is connected to");
        };
        return new Cli(ExplainCommandTest.class, none, streams, new Foreground(streams)).run(arguments);
    }

    private int run(String... arguments) {
        return run(Streams.Watcher.NOBODY, Map.of(), arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String password(String text) throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    @Test
    void aFailureIsItsExitCode() {
        assertThat(run("explain", DEAD)).isEqualTo(25);
        assertThat(out())
                .contains("✗ The server 10.1.1.10 accepted the call, and ended it after 1.0 s without one octet of PPP")
                .contains("→ Most likely its PPP daemon (pppd) died")
                .contains("(exit code 25; Windows error 628)");
    }

    @Test
    void aPasswordIsAVerdictToo() throws IOException {
        assertThat(run("explain", "--password-file", password("bPCFyF2uL1p5Lg5yrKmqmY"), CHAP))
                .isZero();
        assertThat(out()).contains("The password given is the one that \"moxie\" used here.");
        assertThat(run("explain", "--password-file", password("another"), CHAP)).isEqualTo(19);
        assertThat(out()).contains("The password given is not the one that \"moxie\" used here.");
    }

    @Test
    void programsGetOneObjectAFile() {
        assertThat(run("explain", "--json", CHAP, DEAD)).isEqualTo(25);
        assertThat(out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"schema\":1,\"file\":"));
        assertThat(out())
                .contains("\"exitCode\":25")
                .contains("\"passwordRight\":null")
                .contains("\"CHAP Success\":1");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path there = folder.resolve("there.pcapng");
        Files.writeString(there, "mine");
        assertThat(run("explain", "--password-file", password("x"), "--decrypt", there.toString(), CHAP))
                .isEqualTo(2);
        assertThat(err()).contains("is there already");
        assertThat(there).hasContent("mine");
        assertThat(run("explain", "--decrypt", there.toString(), CHAP)).isEqualTo(2);
        assertThat(err()).contains("wants the password");
    }

    @Test
    void whatCannotBeReadGetsASentence() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(run("explain", folder.resolve("absent").toString())).isEqualTo(9);
        assertThat(run("explain", folder.toString())).isEqualTo(9);
        assertThat(run("explain", empty.toString())).isEqualTo(9);
        assertThat(run("explain", "-")).isEqualTo(9);
        assertThat(err())
                .contains("there is no such file")
                .contains("it is a directory")
                .contains("is empty")
                .contains("\"-\" is neither a capture nor a log");
    }

    /** As PowerShell writes what a command prints, and iconv. */
    @Test
    void aLogMayBeUtf16() throws IOException {
        String log = "10:00:00 pptp,ppp,info pptp-out1: initializing...\r\n10:00:01 pptp,ppp,info pptp-out1:"
                + " terminating... - failed to authenticate ourselves to peer\r\n";
        Path file = folder.resolve("log");
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8)) {
            Files.writeString(file, "\uFEFF" + log, charset);
            assertThat(run("explain", file.toString())).as(charset + err()).isEqualTo(19);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void linesFitTheTerminal(int columns) {
        run(Streams.Watcher.TERMINAL, Map.of("COLUMNS", Integer.toString(columns), "TERM", "dumb"), "explain", DEAD);
        assertThat(out().lines())
                .allSatisfy(line -> assertThat(
                                line.length() <= columns || line.strip().split(" ", -1).length <= 6)
                        .as(line)
                        .isTrue());
    }
}
