package org.jpptp.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    private static final Mounts NONE = new Mounts(List.of());

    @TempDir
    Path parent;

    private Path other;

    @BeforeEach
    void another() throws IOException {
        other = Files.createDirectory(parent.resolve("other"));
    }

    private static String permissions(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }

    private Libraries.Place place(Path candidate) {
        return Libraries.place(List.of(candidate), List.of(other), NONE);
    }

    private void assertRefused(Path candidate, String why) throws IOException {
        Libraries.Place place = place(candidate);
        assertThat(place.directory()).isNotNull().isDirectory().hasParent(other);
        assertThat(permissions(place.directory())).isEqualTo("rwx------");
        assertThat(place.refused()).containsExactly(candidate + why);
    }

    @Test
    void isNotOneThatThisLocaleCannotExpress() {
        assertThat(Libraries.candidates(Map.of(Libraries.VARIABLE, "/a"))).containsExactly(Path.of("/a"));
        assertThat(Libraries.candidates(Map.of(Libraries.VARIABLE, "/x\ud800"))).isEmpty();
    }

    @Test
    void isMadeAndFoundAgain() throws IOException {
        Path candidate = parent.resolve("jpptp");
        assertThat(place(candidate)).isEqualTo(new Libraries.Place(candidate, List.of()));
        assertThat(permissions(candidate)).isEqualTo("rwx------");
        assertThat(place(candidate).directory()).isEqualTo(candidate);
        assertThat(candidate).isEmptyDirectory();
    }

    @Test
    void isNotOneThatOthersCanWriteTo() throws IOException {
        Path candidate = Files.createDirectory(parent.resolve("jpptp"));
        Files.setPosixFilePermissions(candidate, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused(candidate, " is open to others, or another user's");
    }

    @Test
    void isNotALink() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        assertRefused(
                Files.createSymbolicLink(parent.resolve("jpptp"), elsewhere), " is open to others, or another user's");
    }

    @Test
    void isNotAFileNorWithoutAParent() throws IOException {
        assertRefused(Files.createFile(parent.resolve("jpptp")), " is open to others, or another user's");
        assertRefused(parent.resolve("none/jpptp"), " cannot be written to");
    }

    @Test
    void nothingIsUnpackedWhereNothingCanBeLoadedFrom() throws IOException {
        Mounts mounts = Mounts.parse("22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
                + "30 22 0:25 / " + other + " rw,nosuid,noexec - tmpfs tmpfs rw\n"
                + "31 22 0:26 / " + parent + "/with\\040blank ro,noexec,relatime - tmpfs tmpfs rw\n");
        Path blank = Files.createDirectory(parent.resolve("with blank"));
        Libraries.Place place = Libraries.place(List.of(blank.resolve("jpptp")), List.of(other), mounts);

        assertThat(place.directory()).isNull();
        assertThat(place.refused()).containsExactly(blank + "/jpptp is mounted noexec", other + " is mounted noexec");
        assertThat(other).isEmptyDirectory();
    }

    /** Where a disk is full, there is none for them on it; /proc never has any. */
    @Test
    void nothingIsUnpackedWhereThereIsNoRoom() {
        Path full = Path.of("/proc");
        Libraries.Place place = Libraries.place(List.of(), List.of(full, other), NONE);
        assertThat(place.directory()).isNotNull().hasParent(other);
        assertThat(place.refused()).containsExactly("/proc has no room");
    }

    @Test
    void theMountOnTopCounts() {
        String below = "30 22 0:25 / /tmp rw,noexec - tmpfs tmpfs rw\n";
        String above = "31 22 0:26 / /tmp rw - tmpfs tmpfs rw\n";
        assertThat(Mounts.parse(below).isNoexec(Path.of("/tmp/x"))).isTrue();
        assertThat(Mounts.parse(below + above).isNoexec(Path.of("/tmp/x"))).isFalse();
        assertThat(Mounts.parse(below).isNoexec(Path.of("/tmpx"))).isFalse();
        assertThat(Mounts.parse("nonsense\n").isNoexec(Path.of("/tmp"))).isFalse();
    }

    @Test
    void whatCannotBeLoadedIsNoDefect() {
        LinkageError refused = new NoClassDefFoundError("Could not initialize class org.jpptp.gre.io.Libc");
        refused.initCause(new UnsatisfiedLinkError("/d/jna1.tmp: failed to map segment\n\tat nowhere"));
        Failure failure = Libraries.notLoaded(Path.of("/d"), refused);

        assertThat(failure.reason()).isEqualTo(FailureReason.NO_LIBRARIES);
        assertThat(failure.sentence())
                .isEqualTo("The program's native libraries, unpacked to /d, cannot be loaded:"
                        + " \"/d/jna1.tmp: failed to map segment\".");
    }
}
