package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process may open few files: whatever the step at which it runs out of them, the failure names the limit. */
@Timeout(300)
class ExhaustedTunnelTest {
    @TempDir
    Path temporary;

    @Test
    void namesTheLimitOfOpenFilesWhateverTheStep() throws Exception {
        try (TestNamespace host = TestNamespace.withUplink("limit")) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process child = new ProcessBuilder(
                            "sh",
                            "-c",
                            "ulimit -n 200; exec \"$@\"",
                            "sh",
                            java,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ExhaustedTunnel.class.getName(),
                            host.name(),
                            temporary.resolve("jpptp").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(child.waitFor()).as(lines.toString()).isZero();
            assertThat(lines).hasSize(9).startsWith("up");
            List<String> failures = lines.subList(1, lines.size());
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure)
                            .contains("EMFILE (Too many open files)", "limit of open files")
                            .doesNotContain("by hand"));
            assertThat(failures).anyMatch(failure -> failure.startsWith("An event loop cannot be made"));
            assertThat(failures).anyMatch(failure -> failure.startsWith("The command \"ip "));
        }
    }
}
