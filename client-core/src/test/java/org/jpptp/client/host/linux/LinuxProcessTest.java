package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, which it changes for good. */
class LinuxProcessTest {
    @Test
    void leavesNoCoreDump() throws Exception {
        Process child = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        assertThat(told).isEqualTo("before 1\nafter 0, memory 00000000\n");
    }

    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("before " + Libc.prctl(Libc.PR_GET_DUMPABLE, 0, 0, 0, 0));
            LinuxProcess.forbidDumps();
            System.out.println("after " + Libc.prctl(Libc.PR_GET_DUMPABLE, 0, 0, 0, 0) + ", memory "
                    + Files.readString(Path.of("/proc/self/coredump_filter")).strip());
        }
    }
}
