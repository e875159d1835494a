package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jpptp.client.net.HostLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host with an uplink, the journals of its tunnels, and what recovery says of them. */
abstract class JournalFixture {
    @TempDir
    Path temporary;

    final List<String> trace = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    Path journals;
    TestNamespace host;

    @BeforeEach
    void prepare() throws Exception {
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("crash");
    }

    @AfterEach
    void clean() throws Exception {
        if (host != null) {
            host.close();
        }
    }

    final void recover(TestNamespace namespace) throws Exception {
        namespace.call(() -> {
            UndoJournal.recover(journals, log);
            return 0;
        });
    }

    final HostLog log = new HostLog() {
        @Override
        public void note(String line) {
            trace.add(line);
        }

        @Override
        public void warn(String sentence) {
            warnings.add(sentence);
        }
    };

    final List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(journals)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    final Path onlyJournal() throws IOException {
        assertThat(files()).hasSize(1);
        return journals.resolve(files().get(0));
    }
}
