package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
    /** As systemd does it: JOURNAL_STREAM has device and inode of what the journal reads. */
    @Test
    void theJournalIsWhatSystemdNamed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("journal"));
        try (FileInputStream open = new FileInputStream(file.toFile())) {
            int descriptor = descriptor(file);
            String named = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
            assertThat(open.available()).isZero();
            assertThat(Streams.isJournal(descriptor, named)).isTrue();
            assertThat(Streams.isJournal(descriptor, named + "1")).isFalse();
            assertThat(Streams.isJournal(descriptor, "")).isFalse();
            assertThat(Streams.isJournal(descriptor, "8")).isFalse();
        }
        assertThat(Streams.isJournal(Integer.MAX_VALUE, "8:1")).isFalse();
    }

    private static int descriptor(Path file) throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(each -> leadsTo(each, file))
                    .map(each -> Integer.parseInt(each.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
