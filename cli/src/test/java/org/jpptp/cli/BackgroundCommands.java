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
import org.junit.jupiter.api.io.TempDir;

/** Commands as a script would start them: processes of {@link BackgroundMain}. */
abstract class BackgroundCommands {
    /** Far more than anything takes, for machines under load. */
    static final long PATIENCE_SECONDS = 180;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    /** What a command came to. */
    record Result(int exitCode, String out, String err) {}

    Process start(String... arguments) throws IOException {
        return startBy(List.of(), arguments);
    }

    /** By another program, with what stands before the command's own line. */
    Process startBy(List<String> program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dsockets=" + directory,
                "-Dslf4j.internal.verbosity=ERROR",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            line.add("--enable-native-access=ALL-UNNAMED"); // as the jar has it in its manifest
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), BackgroundMain.class.getName()));
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
    Result await(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(file("err", started.indexOf(process))));
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return await(start(arguments));
    }

    JsonObject status(String name) throws IOException, InterruptedException {
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
}
