package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a JVM of its own, which runs {@link FakeTunnelMain}. */
class SignalsTest {
    /** Far more than the five seconds promised, for machines under load. */
    private static final long PATIENCE_SECONDS = 180;

    private final List<Process> children = new ArrayList<>();

    private Process start(String behaviour, String... prefix) throws IOException {
        List<String> line = new ArrayList<>(List.of(prefix));
        line.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                FakeTunnelMain.class.getName(),
                behaviour));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JPPTP_PASSWORD", "secret");
        Process child = builder.start();
        children.add(child);
        return child;
    }

    private static BufferedReader output(Process child) {
        return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void signal(Process child, String name) throws IOException, InterruptedException {
        signal(child.pid(), name);
    }

    private static void signal(long process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void awaitEnd(Process child) throws InterruptedException {
        assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void noneIsLeft() {
        children.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "QUIT"})
    void aSignalEndsATunnelThatIsUpInOrder(String signal) throws Exception {
        Process child = start("up");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        assumeNotIgnored(child, signal);
        signal(child, signal);
        awaitEnd(child);

        assertThat(child.exitValue()).isZero();
        assertThat(out.lines()).containsExactly("Disconnected after 1.0 s: 2 octets sent, 3 octets received.");
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("warning: ")
                .doesNotContain("Full thread dump");
    }

    /** A process without a terminal, such as a daemon, has none that could be closed. Who has started this test may ignore SIGHUP. */
    @Test
    void hangUpMakesAnotherConnection() throws Exception {
        Process child = start("up", "env", "--default-signal=HUP", "setsid", "-w");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        long jvm = child.descendants().findFirst().orElse(child.toHandle()).pid();
        for (int i = 0; i < 3; i++) {
            signal(jvm, "HUP");
            assertThat(out.readLine()).isEqualTo("Tunnel pptp0 is up again after 0.3 s.");
        }
        signal(jvm, "TERM");
        awaitEnd(child);
        assertThat(child.exitValue()).isZero();
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Reconnecting at once.");
    }

    /** script(1) is the terminal, and the first shell in it what the kernel tells that it is closed, and dies of that. */
    @Test
    void aTerminalThatIsClosedEndsIt(@TempDir Path directory) throws Exception {
        Path ended = directory.resolve("ended");
        Path second = Files.writeString(
                directory.resolve("second"),
                String.join(
                        " ",
                        "trap '' HUP; env --default-signal=HUP,INT",
                        "'" + System.getProperty("java.home") + "/bin/java'",
                        "-cp '" + System.getProperty("java.class.path") + "'",
                        FakeTunnelMain.class.getName(),
                        "up; echo ended with $? > '" + ended + ".new'; mv '" + ended + ".new' '" + ended + "'"));
        ProcessBuilder builder = new ProcessBuilder(
                "env", "--default-signal=HUP", "script", "-qfc", "sh '" + second + "'; :", "/dev/null");
        builder.environment().put("JPPTP_PASSWORD", "secret");
        builder.environment().put("SHELL", "/bin/sh");
        Process terminal = builder.start();
        children.add(terminal);
        BufferedReader out = output(terminal);
        String line = out.readLine();
        while (line != null && !line.contains("is up")) {
            line = out.readLine();
        }
        assertThat(line).isNotNull();
        terminal.destroyForcibly();
        for (int i = 0; i < PATIENCE_SECONDS * 10 && !Files.exists(ended); i++) {
            Thread.sleep(100);
        }
        assertThat(ended).hasContent("ended with 0");
    }

    @Test
    void aSignalBeforeItIsUp() throws Exception {
        Process child = start("connecting");
        BufferedReader out = output(child);
        assertThat(out.readLine()).isEqualTo("connecting");
        signal(child, "TERM");
        awaitEnd(child);

        assertThat(child.exitValue()).isEqualTo(130);
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("jpptp: Stopped before the tunnel was up. (exit code 130)\n");
    }

    @Test
    void moreSignalsChangeNothing() throws Exception {
        Process child = start("slow");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        signal(child, "TERM");
        assertThat(out.readLine()).isEqualTo("disconnecting");
        signal(child, "TERM");
        signal(child, "HUP");
        awaitEnd(child);

        assertThat(child.exitValue()).isZero();
        assertThat(out.lines()).containsExactly("Disconnected after 1.0 s: 2 octets sent, 3 octets received.");
    }

    /** A program of the user's may take longer than a connection. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void whatIsTakenBackIsWaitedFor(String signal) throws Exception {
        Process child = start("program", "env", "--default-signal=INT");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        signal(child, signal);
        awaitEnd(child);

        assertThat(child.exitValue()).isZero();
        assertThat(out.lines()).containsExactly("Disconnected after 1.0 s: 2 octets sent, 3 octets received.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanging", "deaf"})
    void whatHangsIsAbandoned(String behaviour) throws Exception {
        Process child = start(behaviour);
        assertThat(output(child).readLine()).startsWith("Tunnel pptp0 is up");
        signal(child, "TERM");
        awaitEnd(child);

        assertThat(child.exitValue()).isEqualTo(1);
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("jpptp: The tunnel did not end in time");
    }

    @Test
    void nohupIsHeeded() throws Exception {
        Process child = start("up", "sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        signal(child, "HUP");
        assertThat(child.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        signal(child, "TERM");
        awaitEnd(child);
        assertThat(child.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USR1", "USR2"})
    void aSignalAsksForStatistics(String signal) throws Exception {
        Process child = start("up");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        for (int i = 0; i < 3; i++) {
            signal(child, signal);
            assertThat(out.readLine()).isEqualTo("Up for 1 min 1 s: 2 octets sent, 3 octets received.");
        }
        signal(child, "TERM");
        awaitEnd(child);
        assertThat(child.exitValue()).isZero();
    }

    /** A shell without job control ignores SIGINT and SIGQUIT for what it starts in the background. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "QUIT", "TERM"})
    void whatWasIgnoredAtTheStartEndsItAllTheSame(String signal) throws Exception {
        Process child = start("up", "sh", "-c", "trap '' INT QUIT TERM; exec \"$@\"", "sh");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        signal(child, signal);
        awaitEnd(child);

        assertThat(child.exitValue()).isZero();
        assertThat(out.lines()).containsExactly("Disconnected after 1.0 s: 2 octets sent, 3 octets received.");
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("Full thread dump");
    }

    @Test
    void aReaderThatGoesDoesNotEndIt() throws Exception {
        Process child = start("up");
        BufferedReader out = output(child);
        assertThat(out.readLine()).startsWith("Tunnel pptp0 is up");
        out.close();
        signal(child, "PIPE");
        signal(child, "USR1");
        signal(child, "USR1");
        assertThat(child.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
        signal(child, "TERM");
        awaitEnd(child);

        assertThat(child.exitValue()).isZero();
        assertThat(new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsOnlyOnce("standard output cannot be written to (Broken pipe)");
    }

    /** A shell without job control starts what it puts in the background with SIGINT ignored, nohup(1) with SIGHUP. */
    private static void assumeNotIgnored(Process child, String signal) throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        int number = List.of("", "HUP", "INT").indexOf(signal);
        assumeThat(number > 0 && (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) >> (number - 1) & 1) != 0)
                .as("this test was started with SIG" + signal + " ignored, as by nohup(1)")
                .isFalse();
    }
}
