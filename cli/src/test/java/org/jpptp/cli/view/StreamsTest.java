package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.Pipe;
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

    @Test
    void whereAReaderCanGoIsTold(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Pipe pipe = Pipe.open();
        try (FileInputStream open = new FileInputStream(file.toFile());
                var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.available()).isZero();
            assertThat(Streams.isPiped(descriptor(file))).isFalse();
            assertThat(descriptors.filter(each -> leadsTo(each, "pipe:") || leadsTo(each, "socket:")))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(each ->
                            Streams.isPiped(Integer.parseInt(each.getFileName().toString())));
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
        assertThat(Streams.isPiped(Integer.MAX_VALUE)).isFalse();
    }

    private static boolean leadsTo(Path descriptor, String kind) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(kind);
        } catch (IOException e) {
            return false;
        }
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
