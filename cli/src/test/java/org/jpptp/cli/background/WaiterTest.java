package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaiterTest {
    @Test
    void onlyTheParentWaits() throws IOException {
        String state = "4712 (java) ) x) S 4711 4710 4710 34816 4712 4194560 1";
        assertThat(Waiter.of(Map.of("JPPTP_WAITER", "4711"), state)).hasValue(4711);
        // Of a tunnel whose hook has started this one, say.
        assertThat(Waiter.of(Map.of("JPPTP_WAITER", "4710"), state)).isEmpty();
        assertThat(Waiter.of(Map.of("JPPTP_WAITER", "a; b"), state)).isEmpty();
        assertThat(Waiter.of(Map.of(), state)).isEmpty();

        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        assertThat(Waiter.of(Map.of("JPPTP_WAITER", Long.toString(parent)))).hasValue(parent);
        assertThat(Waiter.of(Map.of())).isEmpty();
    }

    @Test
    void theSameWordsAreRunOnceMore() {
        String line = "java\0-Xshare:auto\0-XX:SharedArchiveFile=/x y.jsa\0-jar\0/opt/jpptp.jar\0up\0of fice\0\0-v\0";
        assertThat(Waiter.command("wait", "/usr/lib/jvm/bin/java", line))
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        "wait",
                        "jpptp",
                        "/usr/lib/jvm/bin/java",
                        "-Xshare:auto",
                        "-XX:SharedArchiveFile=/x y.jsa",
                        "-jar",
                        "/opt/jpptp.jar",
                        "up",
                        "of fice",
                        "",
                        "-v");
    }
}
