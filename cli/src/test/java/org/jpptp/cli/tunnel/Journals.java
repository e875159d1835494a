package org.jpptp.cli.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.lab.peer.TestNamespace;

/** The undo journals that processes in a namespace have left behind; those of tunnels that are up are none. */
final class Journals {
    private static final Pattern OWNER = Pattern.compile("^owner (\\d+) ", Pattern.MULTILINE);

    private Journals() {}

    static List<Path> left(TestNamespace here) {
        return Stream.of(here.runFolder(), here.lastingFolder())
                .flatMap(folder -> left(folder).stream())
                .toList();
    }

    private static List<Path> left(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".journal"))
                    .filter(Journals::isLeftBehind)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves one of a process and of a network namespace that are long gone, as a crash does. */
    static Path leaveOne(TestNamespace here) {
        try {
            Files.createDirectories(
                    here.runFolder(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path journal = Files.createTempFile(here.runFolder(), "crashed-", ".journal");
            return Files.writeString(journal, "jpptp undo 1\nowner 4194305 started 1 netns 1\n"); // beyond any process
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftBehind(Path journal) {
        try {
            Matcher owner = OWNER.matcher(Files.readString(journal));
            return !owner.find()
                    || ProcessHandle.of(Long.parseLong(owner.group(1)))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty();
        } catch (NoSuchFileException undone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
