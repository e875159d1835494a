package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that meet at one tunnel: one that ends, one that another has started or is starting. */
class BackgroundMeetingTest extends BackgroundCommands {
    @AfterEach
    void nothingIsWaitedFor() throws IOException {
        Files.write(directory.resolve("ended"), new byte[0]);
    }

    private long told() throws IOException {
        Path file = directory.resolve("told");
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void awaitTold(int times, Process waiting) throws Exception {
        while (told() < times) {
            assertThat(waiting.isAlive()).isTrue();
            Thread.sleep(5);
        }
    }

    private void up(String... arguments) throws Exception {
        Result up = run(arguments);
        assertThat(up.exitCode()).as(up.err()).isZero();
    }

    private static Optional<String> line(BufferedReader lines, String with) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(with)) {
            line = lines.readLine();
        }
        return Optional.ofNullable(line);
    }

    @Test
    void whoeverWatchesSeesItEndAndAnotherBegin() throws Exception {
        up("up", "office", "-u", "alice");
        Process watching = start("status", "office", "--watch", "--json");
        try (BufferedReader lines = watching.inputReader(StandardCharsets.UTF_8)) {
            assertThat(line(lines, "\"state\":\"up\"")).isPresent();
            assertThat(run("down", "office").out()).isEqualTo("Tunnel office is down.\n");
            assertThat(line(lines, "\"state\":\"down\"")).isPresent();
            up("up", "office", "-u", "alice");
            assertThat(line(lines, "\"state\":\"up\"")).isPresent();
            assertThat(watching.isAlive()).isTrue();
        }
    }

    /** As {@code head} does it. */
    @Test
    void whoeverWatchesForNobodyEndsWithoutAWord() throws Exception {
        Process watching = start("status", "office", "--watch");
        try (BufferedReader lines = watching.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("office is down");
        }
        assertThat(watching.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("err0")).isEmptyFile();
        assertThat(watching.exitValue()).isEqualTo(3);
    }

    @Test
    void twoWhoEndItBothSucceed() throws Exception {
        for (int i = 0; i < 3; i++) {
            up("up", "slow", "-u", "alice");
            Files.deleteIfExists(directory.resolve("told"));
            Process one = start("down", "slow");
            Process other = start("down", "slow");
            awaitTold(2, one);
            Files.createFile(directory.resolve("ended"));
            Result first = await(one);
            assertThat(first).isEqualTo(await(other)).isEqualTo(new Result(0, "Tunnel slow is down.\n", ""));
            Files.delete(directory.resolve("ended"));
        }
    }

    /** So that a script may take them away. */
    @Test
    void whatIsKeptOfATunnelIsThereOnceItIsDown() throws Exception {
        Path report = directory.resolve("report.html");
        up("up", "office", "-u", "alice", "--report", report.toString());
        assertThat(report).doesNotExist();
        assertThat(run("down", "office").exitCode()).isZero();
        assertThat(report).isNotEmptyFile();
    }
}
