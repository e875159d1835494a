package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UptimeTest {
    @Test
    void itIsTheClockThatProcessesStartBy() throws Exception {
        long begun = Uptime.now();
        Process process = new ProcessBuilder("sleep", "100").start();
        try {
            long started = Uptime.ofStart(process.pid());
            assertThat(started).isBetween(begun, Uptime.now());
            assertThat(Uptime.ofStart(ProcessHandle.current().pid()))
                    .isPositive()
                    .isLessThan(begun);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void oneThatIsHiddenStartedBeforeThisOne() {
        long hidden = 1L << 31; // beyond any process
        assertThat(Path.of("/proc", Long.toString(hidden))).doesNotExist();
        assertThat(Uptime.ofStart(hidden))
                .isEqualTo(Uptime.ofStart(ProcessHandle.current().pid()));
    }

    @Test
    void asTheKernelWritesThem() {
        assertThat(Uptime.of("350735.47 234388.90\n")).isEqualTo(35_073_547);
        assertThat(Uptime.ofStart("7 (a) b (c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 1 2\n"))
                .isEqualTo(4711);
    }
}
