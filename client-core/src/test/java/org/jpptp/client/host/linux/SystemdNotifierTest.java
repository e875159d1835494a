package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd would read, at a real socket. */
class SystemdNotifierTest {
    private static final long PID = 4711;

    @TempDir
    Path directory;

    /** The other end. */
    private static final class Manager implements AutoCloseable {
        private final int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);

        /** @param name as the environment has it */
        Manager(String name) {
            byte[] path = name.getBytes(StandardCharsets.UTF_8);
            if (name.startsWith("@")) {
                path[0] = 0;
            }
            try (Memory address = new Memory(2 + path.length)) {
                address.setShort(0, (short) Libc.AF_UNIX);
                address.write(2, path, 0, path.length);
                assertThat(Libc.bind(socket, address, 2 + path.length)).isZero();
            }
        }

        /** Waits for the next message. */
        String read() {
            try (Memory message = new Memory(4096)) {
                int length = (int) Libc.recv(socket, message, message.size(), 0);
                return new String(message.getByteArray(0, length), StandardCharsets.UTF_8);
            }
        }

        boolean isEmpty() {
            try (Memory message = new Memory(4096)) {
                return Libc.recv(socket, message, message.size(), Libc.MSG_DONTWAIT) < 0;
            }
        }

        @Override
        public void close() {
            Libc.close(socket);
        }
    }

    private static SystemdNotifier notifier(Map<String, String> environment) {
        return SystemdNotifier.of(environment, PID).orElseThrow();
    }

    @Test
    void tellsWhatASocketFileIsFor() {
        String name = directory.resolve("notify").toString();
        try (Manager manager = new Manager(name)) {
            SystemdNotifier notifier = notifier(Map.of("NOTIFY_SOCKET", name));
            notifier.status("Connecting to b\u00fccher.example\nREADY=1.");
            notifier.ready();
            notifier.stopping();
            assertThat(manager.read()).isEqualTo("STATUS=Connecting to b\u00fccher.example READY=1.");
            assertThat(manager.read()).isEqualTo("READY=1");
            assertThat(manager.read()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void anAbstractNameNeedsNoFile() {
        String name = "@jpptp-test-" + ProcessHandle.current().pid();
        try (Manager manager = new Manager(name)) {
            notifier(Map.of("NOTIFY_SOCKET", name)).ready();
            assertThat(manager.read()).isEqualTo("READY=1");
        }
    }

    @Test
    void eachLoopGivesASignOfLife() {
        String name = directory.resolve("notify").toString();
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "2000", "WATCHDOG_PID", Long.toString(PID));
        try (Manager manager = new Manager(name)) {
            try (LinuxLoop loop = new LinuxLoop()) {
                notifier(environment).watch(loop.eventLoop());
                for (int i = 0; i < 5; i++) {
                    assertThat(manager.read()).isEqualTo("WATCHDOG=1");
                }
            }
            while (!manager.isEmpty()) {
                // What was sent before the loop ended.
            }
            assertThat(manager.isEmpty()).isTrue();
        }
    }

    @Test
    void whoIsNotWatchedGivesNone() throws Exception {
        String name = directory.resolve("notify").toString();
        try (Manager manager = new Manager(name);
                LinuxLoop loop = new LinuxLoop()) {
            notifier(Map.of("NOTIFY_SOCKET", name)).watch(loop.eventLoop());
            for (String usec : new String[] {"0", "-5", "soon", "99999999999999999999"}) {
                notifier(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", usec)).watch(loop.eventLoop());
            }
            notifier(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "2000", "WATCHDOG_PID", "1"))
                    .watch(loop.eventLoop());
            loop.eventLoop().submit(() -> {}).get();
            assertThat(manager.isEmpty()).isTrue();
        }
    }

    @Test
    void aManagerThatIsGoneHindersNobody() throws Exception {
        SystemdNotifier notifier =
                notifier(Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString()));
        long before = descriptors();
        for (int i = 0; i < 100; i++) {
            notifier.ready();
        }
        assertThat(descriptors()).isLessThan(before + 100);
    }

    private static long descriptors() throws Exception {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void othersThanSocketsOfThisMachineAreLeftAlone() {
        for (String name : new String[] {"", "@", "notify", "vsock:2:1234", "/" + "x".repeat(107)}) {
            assertThat(SystemdNotifier.of(Map.of("NOTIFY_SOCKET", name), PID))
                    .as(name)
                    .isEmpty();
        }
        assertThat(SystemdNotifier.of(Map.of(), PID)).isEmpty();
    }
}
