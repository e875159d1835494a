package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, which it changes for good. */
class LinuxProcessTest {
    private static final String NONE = "";

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
        Map<String, Integer> before = writable();
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            Map<String, Integer> opened = writable();
            opened.keySet().removeAll(before.keySet());
            assertThat(opened).hasSize(1);
            int end = opened.values().iterator().next();
            assertThat(sink.isOpen()).isTrue();
            assertThat(LinuxProcess.isRead(end)).isTrue();
            pipe.source().close();
            assertThat(LinuxProcess.isRead(end)).isFalse();
        }
        assertThat(LinuxProcess.isRead(Integer.MAX_VALUE)).as("closed").isFalse();
    }

    /**
     * The pipes that this process may write to, and do nothing else with, and their descriptors. A number does not tell a pipe: that
     * to a child is closed some time after the child has ended, and then its number is free.
     */
    private static Map<String, Integer> writable() throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            descriptors.forEach(each -> found.put(
                    writablePipe(each), Integer.valueOf(each.getFileName().toString())));
        }
        found.remove(NONE);
        return found;
    }

    /** What tells the pipe from all others, {@link #NONE} for something else or for a descriptor that was closed meanwhile. */
    private static String writablePipe(Path descriptor) {
        try {
            String info = Files.readString(Path.of("/proc/self/fdinfo/" + descriptor.getFileName()));
            int flags = Integer.parseInt(info.replaceFirst("(?s).*flags:\\s*(\\d+).*", "$1"), 8);
            String what = Files.readSymbolicLink(descriptor).toString();
            boolean writable = (flags & (Libc.O_WRONLY | Libc.O_RDWR)) == Libc.O_WRONLY;
            return writable && what.startsWith("pipe:") ? what : NONE;
        } catch (IOException e) {
            return NONE;
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
