package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** packaging/launcher/wait, by the shells that are a system's /bin/sh, with shells in the place of tunnels. */
class WaitTest {
    private static final Path PROGRAM = Path.of("../packaging/launcher/wait");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path directory;

    private record Result(int exitCode, String out) {}

    /** As what a shell without job control starts: nothing is ignored. */
    private static Process start(String shell, String opened, String tunnel) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(shell)), "there is no " + shell);
        String script = "set -eu\n. '" + PROGRAM.toRealPath() + "'";
        List<String> line = new ArrayList<>(List.of("env", "--default-signal", shell, "-c"));
        if (opened.isEmpty()) {
            line.addAll(List.of(script, "jpptp", "/bin/sh", "-c", tunnel));
        } else {
            line.addAll(List.of("exec \"$@\" " + opened, "x", shell, "-c", script, "jpptp", "/bin/sh", "-c", tunnel));
        }
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    private static Result end(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash"})
    void itEndsAsTheOtherDoes(String shell) throws Exception {
        Process process = start(shell, "", "read a; echo \"got $a\"; read b; echo \"got $b\"; exit 19");
        try (OutputStream in = process.getOutputStream()) {
            in.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(end(process)).isEqualTo(new Result(19, "got one\ngot two\n"));
        assertThat(end(start(shell, "", "kill -KILL $$")).exitCode()).isEqualTo(137);
    }

    /** Without an input there is an empty one, and what is open stays open. */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash"})
    void whatIsOpenIsTheOthersToo(String shell) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "secret\n");
        assertThat(end(start(shell, "<&-", "read a || echo none"))).isEqualTo(new Result(0, "none\n"));
        String all = "3<" + file + " 4<" + file + " 5<" + file + " 6<" + file + " 7<" + file + " 8<" + file;
        Process process = start(shell, all, "read a; read b <&3; read c <&8; echo $a $b $c; ls /proc/self/fd");
        process.getOutputStream().write("in\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        Result result = end(process);
        assertThat(result.out()).startsWith("in secret secret\n");
        // Nothing more is open than was; the last is that of ls itself.
        assertThat(result.out().lines().skip(1)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash"})
    void nobodyWaitsForWhatGoesOnByItself(String shell) throws Exception {
        Path done = directory.resolve("done");
        Process process = start(
                shell,
                "",
                "exec 1>&- 2>&-; kill -USR2 $JPPTP_WAITER; while [ ! -e '" + done + "' ]; do sleep 0.05; done; rm '"
                        + done + "'");
        assertThat(end(process)).isEqualTo(new Result(0, ""));
        Files.createFile(done);
        while (Files.exists(done)) {
            Thread.sleep(5);
        }
    }

    /** The other ends in order, and its exit code counts, also where it takes several signals. */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash"})
    void whoeverEndsItEndsTheOther(String shell) throws Exception {
        for (String signal : List.of("TERM", "INT", "HUP", "QUIT")) {
            Path ready = directory.resolve(signal);
            Process process = start(
                    shell,
                    "",
                    "n=0; trap 'n=$((n + 1)); : > \"" + ready + "$n\"' TERM; : > '" + ready
                            + "'; while [ $n -lt 2 ]; do sleep 0.02; done; echo ended; exit 130");
            appears(ready);
            signal(process, signal);
            appears(Path.of(ready + "1"));
            signal(process, signal);
            assertThat(end(process)).as(signal).isEqualTo(new Result(130, "ended\n"));
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void appears(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(5);
        }
    }
}
