package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process itself. */
class MainTest {
    private static final File FULL = new File("/dev/full");

    private static Process start(ProcessBuilder.Redirect out, String argument) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        argument)
                .redirectOutput(out)
                .start();
    }

    private static String errors(Process process) throws IOException, InterruptedException {
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(BackgroundCommands.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        return err;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "help"})
    void aFullDeviceIsToldOf(String argument) throws Exception {
        assumeThat(FULL).exists();
        Process process = start(ProcessBuilder.Redirect.to(FULL), argument);
        assertThat(errors(process))
                .isEqualTo("jpptp: Standard output cannot be written to: No space left on device."
                        + " Let it go elsewhere, or make room there if it is a file. (exit code 5)\n");
        assertThat(process.exitValue()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "help"})
    void aReaderThatIsGoneIsNot(String argument) throws Exception {
        Process process = start(ProcessBuilder.Redirect.PIPE, argument);
        process.getInputStream().close();
        assertThat(errors(process)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
