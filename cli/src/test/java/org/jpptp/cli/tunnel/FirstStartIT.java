package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root's first start does to the machine, which tries tunnels out for class data. */
@RequiresRoot
class FirstStartIT {
    @TempDir
    Path prefix;

    @Test
    void theStateOfTunnelsStaysAsItWas() throws Exception {
        String launcher = new Installed(prefix).launcher();
        try (TestNamespace host = TestNamespace.create()) {
            Path run = Files.createDirectory(host.runFolder());
            // What each start would take back: of a tunnel that is no more.
            Path dead = Files.writeString(run.resolve("office-1.journal"), "");
            Path trace = Files.writeString(run.resolve("127.0.0.1.trace"), "of a tunnel");
            try (JpptpProcess jpptp = JpptpProcess.startBy(host, List.of(launcher), "", List.of("version"))) {
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
                assertThat(jpptp.err().text()).contains("Preparing quick starts");
            }
            try (Stream<Path> left = Files.list(run)) {
                assertThat(left).containsExactlyInAnyOrder(dead, trace);
            }
            assertThat(trace).hasContent("of a tunnel");
            assertThat(host.lastingFolder()).isEmptyDirectory();
        }
        // It has been a whole tunnel all the same.
        try (Stream<Path> made = Files.list(prefix.resolve("share/jpptp"))) {
            Path archive = made.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
            assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1))
                    .contains("org/jpptp/lab/demo/DemoNetwork");
        }
    }
}
