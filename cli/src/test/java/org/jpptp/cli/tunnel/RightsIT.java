package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that has a tunnel may do: what the kernel says of each of its threads. */
@RequiresRoot
class RightsIT {
    /** CAP_NET_ADMIN and CAP_NET_RAW, the bits 12 and 13 of linux/capability.h. */
    private static final String BOTH = "0000000000003000";

    private static final String NONE = "0000000000000000";
    private static final int NOBODY = 65534;
    /** The {@code RuntimeDirectory=} of jpptp@.service. */
    private static final Path SERVICES = Path.of("/run/jpptp-service");

    @TempDir
    static Path prefix;

    private static String launcher = "";

    @TempDir
    Path directory;

    private TwoHosts hosts;

    @BeforeAll
    static void install() throws IOException {
        launcher = new Installed(prefix).launcher();
    }

    @BeforeEach
    void make() {
        hosts = new TwoHosts();
    }

    @AfterEach
    void remove() {
        hosts.close();
    }

    private static List<String> rights(long pid) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    all.add(Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.matches("(Cap|NoNew).*"))
                            .map(line -> line.replaceAll("\\s+", ""))
                            .reduce("", (some, more) -> some + " " + more));
                } catch (NoSuchFileException ended) {
                    // A thread of the compiler's that was not needed any more.
                }
            }
        }
        return all;
    }

    private static String of(String inheritable, String permitted, String ambient) {
        return " CapInh:" + inheritable + " CapPrm:" + permitted + " CapEff:" + permitted + " CapBnd:" + BOTH
                + " CapAmb:" + ambient + " NoNewPrivs:1";
    }

    private void comesUp(List<String> program, String expected) throws IOException {
        String before = hosts.client().exec("ip", "-o", "route").orThrow();
        try (EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess jpptp = JpptpProcess.startBy(
                        hosts.client(),
                        program,
                        "secret\n",
                        Connect.arguments(TwoHosts.SERVER, "--route", "10.0.0.0/8"))) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(jpptp);
            assertThat(rights(jpptp.pid())).hasSizeGreaterThan(5).containsOnly(expected);
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
        assertThat(hosts.client().exec("ip", "-o", "route").orThrow()).isEqualTo(before);
    }

    @Test
    void rootKeepsWhatATunnelTakes() throws IOException {
        comesUp(List.of(launcher), of(NONE, BOTH, NONE));
    }

    @Test
    void anOrdinaryUserWithAmbientCapabilitiesNeedsNoMore() throws IOException {
        Path journals = ofTheService("run");
        List<Path> temporary = unpacked();
        comesUp(asService(journals), of(BOTH, BOTH, BOTH));
        try (Stream<Path> left = Files.list(journals)) {
            // The file that starts of tunnels lock stays: one that goes could be locked by two. So does the trace.
            assertThat(left)
                    .extracting(Path::getFileName)
                    .containsOnly(Path.of("sockets.lock"), Path.of(TwoHosts.SERVER + ".ended"));
        }
        assertThat(unpacked()).isSubsetOf(temporary);
    }

    /** Where libraries are unpacked for users without a place of their own. */
    private static List<Path> unpacked() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("jpptp-\\d+"))
                    .toList();
        }
    }

    /** A directory that is the service's user's. */
    private Path ofTheService(String name) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path owned = Files.createDirectory(directory.resolve(name));
        Files.setAttribute(owned, "unix:uid", NOBODY);
        Files.setPosixFilePermissions(owned, PosixFilePermissions.fromString("rwx------"));
        return owned;
    }

    /** The launcher as a service's user has it, with a directory for its journals and sockets. */
    private List<String> asService(Path journals) {
        return List.of(
                // The device as most systems have it; in some containers it is root's. Processes of others are hidden,
                // as
                // from a service (ProtectProc=invisible).
                "sh",
                "-c",
                "mknod -m 666 \"$0\" c 10 200 && mount --bind \"$0\" /dev/net/tun"
                        + " && mount -t proc -o hidepid=2 proc /proc && exec \"$@\"",
                directory.resolve("tun").toString(),
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--bounding-set=-all,+net_admin,+net_raw",
                "--inh-caps=-all,+net_admin,+net_raw",
                "--ambient-caps=-all,+net_admin,+net_raw",
                "env",
                "RUNTIME_DIRECTORY=" + journals,
                launcher);
    }

    /** A program that finds a directory where those of services are; what this machine has there stays as it is. */
    private static List<String> withServices(Path services, List<String> program) {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "mount --bind \"$0\" " + SERVICES + " && exec \"$@\"", services.toString()));
        command.addAll(program);
        return command;
    }

    private String byRoot(Path services, String... arguments) {
        List<String> program = Files.exists(SERVICES) ? withServices(services, List.of(launcher)) : List.of(launcher);
        try (JpptpProcess command = JpptpProcess.startBy(hosts.client(), program, "", List.of(arguments))) {
            return command.awaitExit(Connect.LONG) + " " + command.out().text()
                    + command.err().text();
        }
    }

    /** Their directory is another user's, and root has given up the right to look where he may not; but for that. */
    @Test
    void rootFindsTheTunnelsOfServices() throws IOException {
        Path profile = directory.resolve("svc0.conf");
        Files.writeString(profile, "server = " + TwoHosts.SERVER + "\nuser = alice\nroute = 10.0.0.0/8\n");
        Files.setPosixFilePermissions(profile, PosixFilePermissions.fromString("rw-r--r--"));
        Path services = ofTheService("services");
        boolean made = !Files.exists(SERVICES);
        if (made) {
            Files.createDirectory(SERVICES);
        }
        try (EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess jpptp = JpptpProcess.startBy(
                        hosts.client(),
                        withServices(services, asService(SERVICES)),
                        "secret\n",
                        List.of("connect", profile.toString(), "--password-fd", "0"))) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(jpptp);
            assertThat(byRoot(services, "status"))
                    .contains("svc0"); // its exit code is that of all tunnels on this machine
            assertThat(byRoot(services, "status", "svc0")).startsWith("0 ").contains(TwoHosts.SERVER);
            assertThat(byRoot(services, "up", profile.toString())).startsWith("0 Tunnel svc0 is up already");
            assertThat(byRoot(services, "connect", profile.toString()))
                    .startsWith("5 ")
                    .contains("runs already");
            assertThat(byRoot(services, "down", "svc0")).startsWith("0 ");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        } finally {
            if (made) {
                Files.delete(SERVICES);
            }
        }
    }

    /** As with sudo in a user's own directory. */
    @Test
    void rootWritesBesideAnotherUsersFiles() throws IOException {
        Path others = ofTheService("others");
        Path services = ofTheService("none");
        assertThat(byRoot(services, "bugreport", "-o", others + "/one")).startsWith("0 ");
        assertThat(byRoot(services, "bugreport", "--output=" + others + "/two")).startsWith("0 ");
        Path profile = Files.writeString(
                directory.resolve("others.conf"),
                "server = 192.0.2.1:9\nuser = alice\ntimeout = 1\nlog = \"" + others + "/log\"\n");
        assertThat(byRoot(services, "connect", profile.toString(), "--password-file", "/dev/null"))
                .doesNotContain("permission denied");
        try (Stream<Path> written = Files.list(others)) {
            assertThat(written)
                    .extracting(file -> file.getFileName().toString())
                    .contains("one", "two", "log");
        }
    }

    @Test
    void aProfileByItsPathMayNameANamespace() throws IOException {
        try (TestNamespace inside = TestNamespace.create();
                EmbeddedServer server = hosts.serve(TwoHosts.config())) {
            assertThat(server.port()).isEqualTo(1723);
            Path profile = Files.writeString(
                    directory.resolve("inside.conf"),
                    "server = " + TwoHosts.SERVER + "\nuser = alice\nroute = 10.0.0.0/8\nnamespace = " + inside.name()
                            + "\n");
            List<String> arguments = List.of("connect", profile.toString(), "--password-fd", "0");
            try (JpptpProcess jpptp = JpptpProcess.startBy(hosts.client(), List.of(launcher), "secret\n", arguments)) {
                jpptp.out().await("^Tunnel \\S+ in namespace \\S+ is up after", Connect.LONG);
                jpptp.signal("KILL");
                jpptp.awaitExit(Connect.LONG);
            }
            assertThat(Journals.left(hosts.client())).hasSize(1);
            // What was left in there takes the right to go there.
            try (JpptpProcess doctor =
                    JpptpProcess.startBy(hosts.client(), List.of(launcher), "", List.of("doctor", "--repair"))) {
                doctor.awaitExit(Connect.LONG);
            }
            assertThat(Journals.left(hosts.client())).isEmpty();
        }
    }

    /** What takes a right is left out, and said. */
    @Test
    void whoHasNoRightsProbesWhatTcpTells() {
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", launcher);
        try (EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess probe =
                        JpptpProcess.startBy(hosts.client(), nobody, "", List.of("probe", TwoHosts.SERVER))) {
            assertThat(server.port()).isEqualTo(1723);
            int code = probe.awaitExit(Connect.LONG);
            assertThat(probe.out().text())
                    .as(probe.err().text())
                    .contains("\"jpptp\"")
                    .contains("CAP_NET_RAW");
            assertThat(code).as(probe.err().text()).isEqualTo(3);
        }
    }
}
