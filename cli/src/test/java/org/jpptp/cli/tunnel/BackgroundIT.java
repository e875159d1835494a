package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.Terminal;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels in the background, by the commands that a script would use, against Debian's pptpd and pppd. */
@RequiresRealPeer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackgroundIT {
    /** Also the interface's: the names of tunnels are the machine's. */
    private final String name = "bg" + ProcessHandle.current().pid();

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        peer = RealPeer.start("alice", "secret");
        here = peer.namespace();
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    @AfterEach
    void nothingRunsOn() {
        assertThat(run(0, "down", name)).isNotEmpty();
    }

    /** What a command prints, or why it has failed, once it has ended as it has to. */
    private String run(int exitCode, String... arguments) {
        return run("", exitCode, List.of(arguments));
    }

    private String run(String input, int exitCode, List<String> arguments) {
        try (JpptpProcess jpptp = JpptpProcess.start(here, input, arguments)) {
            int code = jpptp.awaitExit(Connect.LONG);
            String err = jpptp.err().text();
            assertThat(code).as(String.join(" ", arguments) + ": " + err).isEqualTo(exitCode);
            return exitCode == 0 || arguments.contains("--json") ? jpptp.out().text() : err;
        }
    }

    private JsonObject status(int exitCode) {
        return Json.read(run(exitCode, "status", name, "--json").strip()).orElseThrow();
    }

    /** Also while it is lost, which the exit code tells. */
    private long reconnections() {
        try (JpptpProcess jpptp = JpptpProcess.start(here, "status", name, "--json")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isIn(0, 3);
            return Json.read(jpptp.out().text().strip()).orElseThrow().number("reconnections");
        }
    }

    @Test
    void aScriptBringsItUpUsesItAndTakesItDown(@TempDir Path directory) throws IOException {
        Path profile = profile(directory, name, "interface = " + name, "route = 192.168.78.0/24");
        String before = here.hostState();
        assertThat(status(3).text("state")).isEqualTo("down");

        assertThat(run(0, "up", profile.toString()))
                .contains("is up after")
                .contains("'jpptp down " + name + "' ends it");
        assertThat(here.exec(Connect.LONG, "ping", "-c", "2", "-w", "60", RealPeer.INNER_ADDRESS)
                        .out())
                .contains("2 received");
        JsonObject up = status(0);
        assertThat(up.text("state")).isEqualTo("up");
        assertThat(up.object("interface").text("name")).isEqualTo(name);
        assertThat(up.texts("routes")).containsExactly("192.168.78.0/24");
        assertThat(up.object("traffic").number("packetsReceived")).isGreaterThanOrEqualTo(2);
        assertThat(run(0, "status", name)).contains(name + " is up").contains("MPPE 128-bit stateless");
        Path process = Path.of("/proc", Long.toString(up.number("pid")));
        assertThat(Files.readString(process.resolve("cmdline")) + Files.readString(process.resolve("environ")))
                .doesNotContain("secret");

        assertThat(run(0, "up", profile.toString())).contains("is up already");
        assertThat(status(0).number("pid")).isEqualTo(up.number("pid"));

        assertThat(run(0, "down", name)).contains("is down");
        assertThat(here.hostState()).isEqualTo(before);
        assertThat(Journals.left(here)).isEmpty();
        assertThat(status(3).text("state")).isEqualTo("down");
    }

    private static Path profile(Path directory, String called, String... more) throws IOException {
        Path profile = Files.createFile(
                directory.resolve(called + ".conf"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                profile, "server = 10.99.0.2\nuser = alice\npassword = secret\n" + String.join("\n", more) + "\n");
    }

    /** Each socket is given what the server sends to the other tunnel, too. */
    @Test
    void twoWithOneServerAreNoFaultOfEachOthers(@TempDir Path directory) throws IOException {
        String device = name + "i";
        Path first = profile(directory, name, "interface = " + device, "route = 192.168.77.0/24");
        Path second = profile(directory, name + "too", "interface = " + device + "2");
        run(0, "up", first.toString());
        run(0, "up", second.toString());
        assertThat(here.exec(Connect.LONG, "ping", "-c", "5", "-i", "0.2", "-w", "60", RealPeer.INNER_ADDRESS)
                        .out())
                .contains("5 received");
        JsonObject beside =
                Json.read(run(0, "status", device + "2", "--json").strip()).orElseThrow();
        assertThat(beside.text("name")).isEqualTo(name + "too");
        assertThat(beside.object("refused").number("otherCall")).isGreaterThanOrEqualTo(5);
        assertThat(run(0, "status", device + "2")).contains("  other calls ").doesNotContain("of another call");

        assertThat(run(
                        0,
                        "up",
                        first.toString(),
                        "--log",
                        directory.resolve("log").toString()))
                .contains("is up already");
        assertThat(directory.resolve("log")).doesNotExist();
        assertThat(run(0, "down", device)).isEqualTo("Tunnel " + name + " is down.");
        assertThat(run(0, "down", device + "2")).isEqualTo("Tunnel " + name + "too is down.");
    }

    @Test
    void whyItDoesNotComeUpIsToldByUpAndNothingStays() {
        String before = here.hostState();
        List<String> wrong = List.of("up", "10.99.0.2", "-u", "alice", "--password-fd", "0", "--interface", name);
        assertThat(run("wrong\n", 19, wrong)).contains("E=691").contains("(exit code 19; Windows error 691)");
        assertThat(here.hostState()).isEqualTo(before);
        assertThat(status(3).text("state")).isEqualTo("down");
    }

    @Test
    void oneInATerminalIsSeenAndEndedTooAndAKilledOneIsClearedAway() {
        String before = here.hostState();
        try (JpptpProcess terminal = Connect.to("10.99.0.2", here, "secret", "--interface", name)) {
            Connect.awaitUp(terminal);
            assertThat(status(0).number("pid")).isEqualTo(terminal.pid());
            assertThat(run(0, "down", name)).contains("is down");
            assertThat(terminal.awaitExit(Connect.LONG)).isZero();
        }
        try (JpptpProcess killed = Connect.to("10.99.0.2", here, "secret", "--interface", name)) {
            Connect.awaitUp(killed);
            killed.signal("KILL");
            killed.awaitExit(Connect.LONG);
        }
        assertThat(status(1).text("state")).isEqualTo("dead");
        assertThat(run(0, "down", name)).contains("had died");
        assertThat(here.hostState()).isEqualTo(before);
    }

    /** By the launcher, whose shell waits. */
    @Test
    void aTerminalIsAskedAndThenNeededNoMore(@TempDir Path prefix) throws Exception {
        String before = here.hostState();
        List<String> launcher = List.of(new Installed(prefix).launcher());
        List<String> up = List.of("up", "10.99.0.2", "-u", "alice", "--interface", name);
        try (Terminal terminal = Terminal.startBy(here, launcher, up)) {
            terminal.await("Password: ", Connect.LONG);
            terminal.interrupt();
            terminal.await("[code 130]", Connect.LONG);
            terminal.await(" echo ", Connect.LONG);
        }
        assertThat(status(3).text("state")).isEqualTo("down");
        assertThat(here.hostState()).isEqualTo(before);

        try (Terminal terminal = Terminal.startBy(here, launcher, up)) {
            terminal.await("Password: ", Connect.LONG);
            terminal.type("secret");
            terminal.await("is up after", Connect.LONG);
            terminal.await("[code 0]", Connect.LONG);
        }
        String process = Long.toString(status(0).number("pid"));
        assertThat(Path.of("/proc", process, "fd", "0").toRealPath()).isEqualTo(Path.of("/dev/null"));
        Command.run("kill", "-HUP", process).orThrow();
        while (reconnections() != 1) {
            Thread.sleep(200);
        }
        assertThat(run(0, "down", name)).contains("is down");
        assertThat(here.hostState()).isEqualTo(before);
    }
}
