package org.jpptp.client.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jpptp@.service}: what it makes of exit codes, and what systemd says of it. */
class ServiceUnitTest {
    private static final Path UNIT = Path.of("../packaging/systemd/jpptp@.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final double MOST_EXPOSURE = 2.0;
    /** The launcher's, without a Java. */
    private static final String NO_JAVA = "127";

    /** Of a defect, another start may be spared; the others never come of a tunnel that nobody stops. */
    private static final Set<FailureReason> OTHERS =
            Set.of(FailureReason.INTERNAL, FailureReason.INTERRUPTED, FailureReason.NOTHING_TO_EXPLAIN);

    @TempDir
    Path directory;

    private static List<String> values(String key) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(key + "="))
                .flatMap(line -> List.of(line.substring(key.length() + 1).split(" ", -1)).stream())
                .toList();
    }

    @Test
    void isNotStartedAgainForWhatATunnelIsNotBroughtBackFor() throws IOException {
        List<String> expected = new ArrayList<>();
        for (FailureReason reason : FailureReason.values()) {
            if (!ReconnectPolicy.isMended(reason) && !OTHERS.contains(reason)) {
                expected.add(Integer.toString(reason.exitCode()));
            }
        }
        expected.add(NO_JAVA);
        assertThat(values("RestartPreventExitStatus")).containsExactlyElementsOf(expected);
    }

    @Test
    void beingStoppedIsNoFailure() throws IOException {
        assertThat(values("SuccessExitStatus"))
                .containsExactly(Integer.toString(FailureReason.INTERRUPTED.exitCode()), "143");
    }

    private String analyze(String... arguments) throws IOException, InterruptedException {
        // As on a machine that has the program.
        String unit = Files.readString(UNIT).replace("/usr/bin/jpptp", "/bin/true");
        Path file = Files.writeString(directory.resolve("jpptp@office.service"), unit);
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString()));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void systemdUnderstandsEveryLine() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "needs systemd-analyze");
        assertThat(analyze("verify", "--man=no").lines()).noneMatch(line -> line.contains("jpptp"));
    }

    @Test
    void littleIsLeftOpen() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "needs systemd-analyze");
        String said = analyze("security", "--offline=true", "--no-pager");
        Matcher exposure =
                Pattern.compile("exposure level for \\S+ (\\d+\\.\\d)").matcher(said);
        assertThat(exposure.find()).as(said).isTrue();
        assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
    }
}
