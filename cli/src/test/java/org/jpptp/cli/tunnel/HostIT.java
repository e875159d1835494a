package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.Terminal;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a tunnel to pptpd does to its host: everything goes through it, names are looked up in it, programs are run for it. */
@RequiresRealPeer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostIT {
    private static final Path HOOKS = Path.of("..", "docs", "hooks.md");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Za-z0-9_%]+)` \\|");

    private static final String RESOLVER = "nameserver 10.99.0.2\n";

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() throws IOException {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .dns(RealPeer.INNER_ADDRESS)
                .start();
        here = peer.namespace();
        here.route("default via " + peer.serverAddress());
        // A file of its own, which takes the place of this machine's in there.
        Files.createDirectories(here.resolvConf().getParent());
        Files.writeString(here.resolvConf(), RESOLVER);
    }

    @AfterAll
    void powerOff() throws IOException {
        Files.delete(here.resolvConf());
        Files.delete(here.resolvConf().getParent());
        peer.close();
    }

    /** Nobody else may be able to change it, nor a directory above it. */
    private static Path program(Path directory, String text) throws IOException {
        Path program = Files.writeString(directory.resolve("hook"), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static Map<String, String> variables(Path file) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        return variables;
    }

    @Test
    void everythingAndNamesGoInAndProgramsAreTold() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/root"), "jpptp-hooks-");
        try {
            String before = here.hostState();
            Path hook = program(
                    directory,
                    "tr '\\0' '\\n' < /proc/$$/environ > " + directory + "/$reason.new\n"
                            + "echo \"$*\" > " + directory + "/$reason.arguments\n"
                            + "mv " + directory + "/$reason.new " + directory + "/$reason\n");
            try (JpptpProcess jpptp = Connect.to(
                    peer.serverAddress(),
                    here,
                    "secret",
                    "--full-tunnel",
                    "--dns=accept",
                    "--interface=pptp5",
                    "--on-up=" + hook,
                    "--on-down=" + hook)) {
                Connect.awaitUp(jpptp);
                assertThat(Files.readString(here.resolvConf()))
                        .contains("nameserver " + RealPeer.INNER_ADDRESS)
                        .doesNotContain(RESOLVER);
                assertThat(here.exec("ip", "route", "get", "8.8.8.8").orThrow()).contains("dev pptp5");
                here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                        .orThrow();
                jpptp.signal("INT");
                assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
            }
            assertThat(here.hostState()).isEqualTo(before);
            List<String> documented = DOCUMENTED
                    .matcher(Files.readString(HOOKS))
                    .results()
                    .map(each -> each.group(1).replace("%d", "0"))
                    .toList();
            Map<String, String> up = variables(directory.resolve("connect"));
            assertThat(documented).containsAll(up.keySet());
            assertThat(up)
                    .containsEntry("IFNAME", "pptp5")
                    .containsEntry("IPREMOTE", RealPeer.INNER_ADDRESS)
                    .containsEntry("DNS1", RealPeer.INNER_ADDRESS)
                    .containsEntry("VPNGATEWAY", peer.serverAddress())
                    .containsEntry("CISCO_SPLIT_INC", "0")
                    .doesNotContainKeys("CONNECT_TIME", "USEPEERDNS", "INTERNAL_IP4_DNS");
            assertThat(Files.readString(directory.resolve("connect.arguments")).strip())
                    .isEqualTo(
                            "pptp5 " + peer.serverAddress() + " 0 " + up.get("IPLOCAL") + " " + RealPeer.INNER_ADDRESS);
            Map<String, String> down = variables(directory.resolve("disconnect"));
            assertThat(documented).containsAll(down.keySet());
            assertThat(Long.parseLong(down.getOrDefault("BYTES_RCVD", "0"))).isPositive();
            assertThat(down).containsKeys("CONNECT_TIME", "BYTES_SENT");
        } finally {
            remove(directory);
        }
    }

    @Test
    void aProgramThatFloodsAndFailsIsAWarning() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/root"), "jpptp-hooks-");
        try {
            Path hook = program(directory, "yes jpptp | head -c 4000000\nexit 7\n");
            try (JpptpProcess jpptp =
                    Connect.to(peer.serverAddress(), here, "secret", "--interface=pptp5", "--on-up=" + hook)) {
                Connect.awaitUp(jpptp);
                assertThat(jpptp.err().await("warning: .*" + hook, Connect.LONG))
                        .contains("7");
                here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                        .orThrow();
                jpptp.signal("INT");
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            }
        } finally {
            remove(directory);
        }
    }

    /** Neither packets nor the end wait for it, and nothing of it is left. */
    @Test
    void aProgramThatHangsHoldsNothingUp() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/root"), "jpptp-hooks-");
        try {
            Path hook = program(directory, "sleep 100000 &\necho $$ $! > " + directory + "/pids\nwait\n");
            List<String> pids;
            try (JpptpProcess jpptp =
                    Connect.to(peer.serverAddress(), here, "secret", "--interface=pptp5", "--on-up=" + hook)) {
                Connect.awaitUp(jpptp);
                pids = awaited(directory.resolve("pids"));
                here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                        .orThrow();
                jpptp.signal("INT");
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            }
            assertThat(pids).hasSize(2);
            for (String pid : pids) {
                // It is killed, which takes a moment, and then init's to bury.
                ProcessHandle.of(Long.parseLong(pid))
                        .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Connect.LONG));
            }
        } finally {
            remove(directory);
        }
    }

    /** Whoever cannot wait presses Ctrl-C once more, and a terminal sends that to the program, too. */
    @Test
    void aProgramThatTakesItsTimeAtTheEndGetsIt() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/root"), "jpptp-hooks-");
        try {
            String before = here.hostState();
            Path hook = program(
                    directory, "echo begun > " + directory + "/begun\nsleep 7\necho done > " + directory + "/done\n");
            List<String> full = List.of(
                    "connect",
                    peer.serverAddress(),
                    "-ualice",
                    "--full-tunnel",
                    "--dns=accept",
                    "--interface=pptp5",
                    "--on-down=" + hook);
            try (Terminal terminal = Terminal.start(here, full)) {
                terminal.await("Password: ", Connect.LONG);
                terminal.type("secret");
                terminal.await("is up after", Connect.LONG);
                terminal.interrupt();
                assertThat(awaited(directory.resolve("begun"))).containsExactly("begun");
                terminal.interrupt();
                terminal.await("[code 0]", Connect.LONG);
                assertThat(terminal.screen()).doesNotContain("The hook");
            }
            assertThat(directory.resolve("done")).hasContent("done");
            assertThat(here.hostState()).isEqualTo(before);
            assertThat(Journals.left(here)).isEmpty();
        } finally {
            remove(directory);
        }
    }

    /** The words of a file that is to come. */
    private static List<String> awaited(Path file) throws IOException {
        long end = System.nanoTime() + Connect.LONG.toNanos();
        while (!Files.exists(file) || Files.readString(file).isBlank()) {
            assertThat(System.nanoTime()).as("%s is there", file).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
        return List.of(Files.readString(file).strip().split(" "));
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
