package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.tun.TunDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tunnel's changes on the host by a user who is not root, and has the capabilities that it takes. */
class AmbientCapabilitiesTest {
    private static final int NOBODY = 65534;
    /** And one more, with which nobody reads the classes and opens a device that is root's in some containers. */
    private static final String CAPABILITIES = "+net_admin,+net_raw,+dac_override";

    @TempDir
    Path directory;

    @Test
    void doInsteadOfRoot() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
        try (TestNamespace namespace = TestNamespace.withUplink("ambient")) {
            Path journals = Files.createDirectory(directory.resolve("run"));
            Files.setAttribute(journals, "unix:uid", NOBODY);
            Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwx------"));
            String before = namespace.state();
            Process child = namespace.call(() -> new ProcessBuilder(List.of(
                            "/usr/bin/setpriv",
                            "--reuid=" + NOBODY,
                            "--regid=" + NOBODY,
                            "--clear-groups",
                            "--inh-caps=" + CAPABILITIES,
                            "--ambient-caps=" + CAPABILITIES,
                            System.getProperty("java.home") + "/bin/java",
                            "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            journals.toString()))
                    .redirectErrorStream(true)
                    .start());
            String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).as(told).isZero();

            assertThat(told)
                    .contains("uid 65534, obstacle none\n", "journals 1\n", "10.0.0.0/8 dev pptp0", "journals 0\n");
            assertThat(namespace.state()).isEqualTo(before);
        }
    }

    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Path journals = Path.of(arguments[0]);
            Optional<Failure> missing = Privileges.missing(Privileges.OF_A_TUNNEL);
            Optional<Failure> obstacle = missing.isPresent()
                    ? missing
                    : new Preflight(Path.of("/dev/net/tun"), HostCommands.PLACES, journals)
                            .ofTheHost(NetworkSettings.DEFAULT);
            System.out.println("uid " + JournalPlace.uid() + ", obstacle "
                    + obstacle.map(Failure::sentence).orElse("none"));
            try (LinuxLoop loop = new LinuxLoop()) {
                TunDevice tun = loop.openTun(null, Offload.NONE);
                LinuxHostNetwork network = new LinuxHostNetwork(journals, tun.name(), System.out::println);
                network.apply(Plans.withAddresses("10.9.0.2", "10.9.0.1", null, Plans.of(tun.name(), "10.0.0.0/8")));
                tell(journals);
                network.close();
                tell(journals);
                tun.close();
            }
        }

        private static void tell(Path journals) throws Exception {
            try (var files = Files.list(journals)) {
                System.out.println("journals " + files.count());
            }
        }
    }
}
