package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of tunnels in the background: processes of {@link BackgroundMain}, as a script would start them. */
class BackgroundTest {
    /** Far more than anything takes, for machines under load. */
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    /** What a command came to. */
    private record Result(int exitCode, String out, String err) {}

    private Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dsockets=" + directory,
                "-Dslf4j.internal.verbosity=ERROR",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BackgroundMain.class.getName()));
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectError(file("err", started.size()).toFile());
        builder.environment().put("JPPTP_PASSWORD", "secret");
        Process process = builder.start();
        process.getOutputStream().close();
        started.add(process);
        return process;
    }

    private Path file(String kind, int number) {
        return directory.resolve(kind + number);
    }

    /** Its output has ended, too: what goes on in the background holds it no more. */
    private Result await(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(file("err", started.indexOf(process))));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return await(start(arguments));
    }

    private JsonObject status(String name) throws IOException, InterruptedException {
        return Json.read(run("status", name, "--json").out().strip()).orElseThrow();
    }

    @AfterEach
    void noneIsLeft() throws Exception {
        try (var files = Files.list(directory)) {
            for (Path socket :
                    files.filter(file -> file.toString().endsWith(".sock")).toList()) {
                String name = socket.getFileName().toString().replace(".sock", "");
                assertThat(run("down", name).exitCode()).isZero();
            }
        }
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void upReturnsOnceItIsUpAndDownOnceItIsDown() throws Exception {
        Result up = run("up", "office", "-u", "alice");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out())
                .isEqualTo("Tunnel pptp0 is up after 0.2 s. No routes (see --route). 'jpptp down office' ends it.\n");
        JsonObject status = status("office");
        assertThat(status.text("state")).isEqualTo("up");
        Path process = Path.of("/proc", Long.toString(status.number("pid")));
        assertThat(Files.readString(process.resolve("cmdline")) + Files.readString(process.resolve("environ")))
                .contains("office")
                .doesNotContain("secret");
        assertThat(run("up", "office", "-u", "alice").out()).contains("Tunnel office is up already");

        Result down = run("down", "office");
        assertThat(down.out()).isEqualTo("Tunnel office is down.\n");
        assertThat(status("office").text("state")).isEqualTo("down");
        assertThat(run("down", "office")).isEqualTo(new Result(0, "Tunnel office is not up.\n", ""));
        assertThat(directory.resolve("office.log"))
                .content()
                .contains("Tunnel pptp0 is up")
                .contains("Disconnected");
    }

    @Test
    void whyItIsNotUpIsTheCommandsOwnEnd() throws Exception {
        Result up = run("up", "wrong", "-u", "alice");
        assertThat(up.exitCode()).isEqualTo(19);
        assertThat(up.err()).contains("jpptp: It is wrong. Mend it. (exit code 19; Windows error 691)");
        assertThat(directory.resolve("wrong.log")).content().contains("It is wrong.");
        assertThat(run("status", "wrong").exitCode()).isEqualTo(3);
    }

    @Test
    void oneThatIsComingUpIsWaitedForByAll() throws Exception {
        Process first = start("up", "later", "-u", "alice");
        while (!Files.exists(directory.resolve("later.sock"))) {
            assertThat(first.isAlive()).isTrue();
            Thread.sleep(5);
        }
        assertThat(run("status", "later").exitCode()).isEqualTo(3);
        Process second = start("up", "later", "-u", "alice");
        Files.createFile(directory.resolve("later"));
        assertThat(await(first).exitCode()).isZero();
        Result waited = await(second);
        assertThat(waited.exitCode()).as(waited.err()).isZero();
        assertThat(waited.out()).startsWith("Tunnel later is up");
    }

    @Test
    void whoeverStopsUpStopsTheTunnelAndAKilledOneIsSeenToBeDead() throws Exception {
        Process up = start("up", "later", "-u", "alice");
        while (!status("later").text("state", "").equals("connecting")) {
            assertThat(up.isAlive()).isTrue();
        }
        up.toHandle().destroy(); // destroy() would close its output for us
        Result stopped = await(up);
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
        assertThat(status("later").text("state")).isEqualTo("down");

        assertThat(run("up", "office", "-u", "alice").exitCode()).isZero();
        ProcessHandle tunnel = ProcessHandle.of(status("office").number("pid")).orElseThrow();
        tunnel.destroyForcibly();
        tunnel.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(run("status", "office").exitCode()).isEqualTo(1);
        assertThat(run("up", "office", "-u", "alice").exitCode()).isZero();
        assertThat(status("office").text("state")).isEqualTo("up");
    }
}
