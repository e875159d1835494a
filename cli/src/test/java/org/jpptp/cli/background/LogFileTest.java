package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 29, 1, 2, 0);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("office.log");
    }

    @Test
    void eachLineHasItsTime() throws IOException {
        try (PrintStream out = new PrintStream(new LogFile(file(), () -> TIME, 1000), true, StandardCharsets.UTF_8)) {
            out.print("One ");
            out.println("line\nand another \u2713");
        }
        try (LogFile later = new LogFile(file(), () -> TIME.plusHours(1), 1000)) {
            later.write("later\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(file()).hasContent("""
                        2026-11-29 01:02:00 One line
                        2026-11-29 01:02:00 and another \u2713
                        2026-11-29 02:02:00 later
                        """);
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void itNeverGrowsWithoutBounds() throws IOException {
        try (LogFile log = new LogFile(file(), () -> TIME, 1000)) {
            for (int i = 0; i < 1000; i++) {
                log.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path old = directory.resolve("office.log.old");
        assertThat(Files.size(file())).isLessThan(1100);
        assertThat(Files.size(old)).isBetween(1000L, 1100L);
        assertThat(Files.readAllLines(old).size() + Files.readAllLines(file()).size())
                .isGreaterThan(30);
        assertThat(directory.toFile().list()).hasSize(2);
    }
}
