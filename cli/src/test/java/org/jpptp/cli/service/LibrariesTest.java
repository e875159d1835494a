package org.jpptp.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @TempDir
    Path parent;

    private static String permissions(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }

    private void assertRefused(Path candidate) throws IOException {
        Path directory = Libraries.directory(candidate);
        assertThat(directory).isNotEqualTo(candidate).isDirectory();
        assertThat(permissions(directory)).isEqualTo("rwx------");
        Files.delete(directory);
    }

    @Test
    void isMadeAndFoundAgain() throws IOException {
        Path candidate = parent.resolve("jpptp");
        assertThat(Libraries.directory(candidate)).isEqualTo(candidate);
        assertThat(permissions(candidate)).isEqualTo("rwx------");
        assertThat(Libraries.directory(candidate)).isEqualTo(candidate);
    }

    @Test
    void isNotOneThatOthersCanWriteTo() throws IOException {
        Path candidate = Files.createDirectory(parent.resolve("jpptp"));
        Files.setPosixFilePermissions(candidate, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused(candidate);
    }

    @Test
    void isNotALink() throws IOException {
        Path elsewhere = Libraries.directory(parent.resolve("elsewhere"));
        assertRefused(Files.createSymbolicLink(parent.resolve("jpptp"), elsewhere));
    }

    @Test
    void isNotAFileNorWithoutAParent() throws IOException {
        assertRefused(Files.createFile(parent.resolve("jpptp")));
        assertRefused(parent.resolve("none/jpptp"));
    }
}
