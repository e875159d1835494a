package org.jpptp.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Wording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    private Path directory;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itIsForItsOwnerOnlyAndReplacesAReport() throws IOException {
        Path file = directory.resolve("a.html");
        ReportFile first = ReportFile.of(file.toString());
        assertThat(files()).as("before it is written").isEmpty();
        first.write(Reports.failed("ABC Ltd", "alice"), Wording.OPTIONS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        ReportFile.of(file.toString()).write(Reports.failed("DEF Ltd", "alice"), Wording.OPTIONS);
        assertThat(Files.readString(file)).contains("DEF Ltd").doesNotContain("ABC Ltd");
        assertThat(files()).containsExactly("a.html");
    }

    @Test
    void whatIsNoReportIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("precious.conf"), "password = x");
        Path link = Files.createSymbolicLink(directory.resolve("link.html"), file);
        for (Path each : List.of(file, link)) {
            assertThatThrownBy(() -> ReportFile.of(each.toString()))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is there already and no report");
        }
        assertThat(file).hasContent("password = x");
    }

    @Test
    void whereThereIsNoPlaceForItIsSaidAtOnce() {
        assertThatThrownBy(() -> ReportFile.of(directory.toString())).hasMessageContaining("is a directory");
        assertThatThrownBy(
                        () -> ReportFile.of(directory.resolve("not/there.html").toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no such directory");
        assertThatThrownBy(() -> ReportFile.of("/proc/self/report.html"))
                .isInstanceOf(NotWrittenException.class)
                .hasMessage("The report /proc/self/report.html cannot be written: no file can be made there.");
    }

    /** What stood there is still there, and nothing half beside it. */
    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        ReportFile file = ReportFile.of(inside.resolve("a.html").toString());
        Files.createDirectory(inside.resolve("a.html"));
        Files.writeString(inside.resolve("a.html").resolve("in the way"), "");
        assertThatThrownBy(() -> file.write(Reports.failed("x", "y"), Wording.OPTIONS))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(inside)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactly("a.html");
        }
    }
}
