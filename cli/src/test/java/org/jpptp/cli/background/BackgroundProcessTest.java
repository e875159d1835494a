package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jpptp.cli.socket.TunnelName;
import org.junit.jupiter.api.Test;

class BackgroundProcessTest {
    private static final TunnelName OFFICE = TunnelName.parse("office");

    @Test
    void theSameJavaRunsWithTheSameOptionsAndOtherArguments() {
        String line = "java\0-Xshare:auto\0-XX:SharedArchiveFile=/x y.jsa\0-jar\0/opt/jpptp.jar\0up\0office\0-v\0";
        assertThat(BackgroundProcess.commandLine("/usr/bin/java", line, 3, OFFICE, List.of("connect", "office", "-v")))
                .containsExactly(
                        "/usr/bin/java",
                        "-Djpptp.background=office",
                        "-Xshare:auto",
                        "-XX:SharedArchiveFile=/x y.jsa",
                        "-jar",
                        "/opt/jpptp.jar",
                        "connect",
                        "office",
                        "-v");
    }

    /** The tunnel is not over at once as we are, and its packets are worth the second compiler. */
    @Test
    void theOtherIsCompiledForWhatItIs() {
        String line =
                "java\0-Xmx128m\0-XX:TieredStopAtLevel=1\0-Xmn12m\0-XX:Tier4InvocationThreshold=20000\0-jar\0jpptp.jar\0up\0-Xmn12m\0";
        assertThat(BackgroundProcess.commandLine("java", line, 2, OFFICE, List.of("connect", "-Xmn12m")))
                .containsExactly(
                        "java",
                        "-Djpptp.background=office",
                        "-Xmx128m",
                        "-XX:Tier4InvocationThreshold=20000",
                        "-jar",
                        "jpptp.jar",
                        "connect",
                        "-Xmn12m");
    }

    @Test
    void anEmptyArgumentStays() {
        assertThat(BackgroundProcess.commandLine(
                        "java", "java\0-cp\0\0Main\0up\0\0", 2, OFFICE, List.of("connect", "")))
                .containsExactly("java", "-Djpptp.background=office", "-cp", "", "Main", "connect", "");
    }
}
