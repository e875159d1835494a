package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.net.HostChangeException;
import org.junit.jupiter.api.Test;

/** What a full disk leaves of files that others read, on a file system of two pages in a mount namespace of the test's own. */
class FullDiskTest {
    private static final Path DISK = Path.of("/etc/disk");
    private static final Path REST = DISK.resolve("rest");
    private static final Path FILE = Path.of("/etc/resolv.conf");
    /** More than a page. */
    private static final String LONG = "# long\n".repeat(999);

    private final HostCommands host = new HostCommands(List.of(), line -> {});

    private static void mount() throws Exception {
        Files.createDirectory(DISK);
        TestNamespace.run("mount", "-t", "tmpfs", "-o", "size=8k,mode=700", "none", DISK.toString());
    }

    /** All pages but those that are in use. */
    private static void fill() {
        assertThatThrownBy(() -> Files.write(REST, new byte[1 << 14])).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsWrittenOverComesBack() throws Exception {
        MountNamespace.call(() -> {
            mount();
            Path below = Files.writeString(DISK.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
            Files.createFile(FILE);
            TestNamespace.run("mount", "--bind", below.toString(), FILE.toString());
            fill();
            FileChange change = FileChange.of(FILE, LONG);
            assertThatThrownBy(() -> change.make(host)).isInstanceOf(HostChangeException.class);
            assertThat(FILE).hasContent("nameserver 192.0.2.53\n");
            assertThat(change.undo(host)).isTrue();
            assertThat(FILE).hasContent("nameserver 192.0.2.53\n");
            return null;
        });
    }

    @Test
    void aJournalHasWholeLinesOnly() throws Exception {
        MountNamespace.call(() -> {
            mount();
            UndoJournal journal = UndoJournal.create(DISK, "full");
            fill();
            FileChange tooLong = FileChange.of(FILE, LONG);
            assertThatThrownBy(() -> journal.record(tooLong)).isInstanceOf(IOException.class);
            Files.delete(REST);
            FileChange next = FileChange.of(FILE, "nameserver 10.1.0.2\n");
            journal.record(next);
            JournalText text = JournalFolder.read(onlyJournal());
            assertThat(text.isDamaged()).isFalse();
            assertThat(text.changes()).extracting(Change::line).containsExactly(next.line());
            return null;
        });
    }

    private static Path onlyJournal() throws IOException {
        try (Stream<Path> files = Files.list(DISK)) {
            return files.filter(file -> file.toString().endsWith(JournalFolder.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
