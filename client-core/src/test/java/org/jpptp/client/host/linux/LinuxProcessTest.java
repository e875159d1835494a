package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Test
    void aPipeIsReadUntilItsOtherEndIsClosed() throws IOException {
        Set<Integer> before = writable();
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            Set<Integer> opened = writable();
            opened.removeAll(before);
            int end = opened.iterator().next();
            assertThat(opened).hasSize(1);
            assertThat(sink.isOpen()).isTrue();
            assertThat(LinuxProcess.isRead(end)).isTrue();
            pipe.source().close();
            assertThat(LinuxProcess.isRead(end)).isFalse();
        }
        assertThat(LinuxProcess.isRead(Integer.MAX_VALUE)).as("closed").isFalse();
    }

    /** The pipes that this process may write to, and do nothing else with. */
    private static Set<Integer> writable() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(LinuxProcessTest::isWritablePipe)
                    .map(each -> Integer.valueOf(each.getFileName().toString()))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isWritablePipe(Path descriptor) {
        try {
            String info = Files.readString(Path.of("/proc/self/fdinfo/" + descriptor.getFileName()));
            int flags = Integer.parseInt(info.replaceFirst("(?s).*flags:\\s*(\\d+).*", "$1"), 8);
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:")
                    && (flags & (Libc.O_WRONLY | Libc.O_RDWR)) == Libc.O_WRONLY;
        } catch (IOException e) {
            return false;
        }
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
