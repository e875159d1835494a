package org.jpptp.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.cli.usage.GivenProgram.Found;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As sh(1) has it, whose exit codes tell the same apart. */
class GivenProgramTest {
    @TempDir
    Path one;

    @TempDir
    Path other;

    @BeforeEach
    void make() throws IOException {
        file(one, "text", "rw-r--r--");
        file(one, "both", "rw-r--r--");
        file(other, "both", "rwxr-xr-x");
        Files.createDirectory(one.resolve("folder"));
    }

    private static void file(Path folder, String name, String rights) throws IOException {
        Files.setPosixFilePermissions(Files.createFile(folder.resolve(name)), PosixFilePermissions.fromString(rights));
    }

    @Test
    void aNameIsLookedForUntilItCanBeRun() {
        String path = one + ":" + other;
        assertThat(GivenProgram.find("both", path)).isEqualTo(Found.RUNNABLE);
        assertThat(GivenProgram.find("both", one.toString())).isEqualTo(Found.NOT_RUNNABLE);
        assertThat(GivenProgram.find("text", path)).isEqualTo(Found.NOT_RUNNABLE);
        assertThat(GivenProgram.find("folder", path)).isEqualTo(Found.NOT_RUNNABLE);
        assertThat(GivenProgram.find("none", path)).isEqualTo(Found.ABSENT);
        assertThat(GivenProgram.find("", path)).isEqualTo(Found.ABSENT);
    }

    @Test
    void aPathIsWhereItIs() {
        assertThat(GivenProgram.find(other + "/both", one.toString())).isEqualTo(Found.RUNNABLE);
        assertThat(GivenProgram.find(one + "/both", other.toString())).isEqualTo(Found.NOT_RUNNABLE);
        assertThat(GivenProgram.find("./both", one.toString())).isEqualTo(Found.ABSENT);
        assertThat(GivenProgram.find("/\0", "")).isEqualTo(Found.RUNNABLE);
    }
}
