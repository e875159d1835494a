package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.socket.SocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that meet at one tunnel: one that ends, one that another has started or is starting. */
class BackgroundMeetingTest extends BackgroundCommands {
    @AfterEach
    void nothingIsWaitedFor() throws IOException {
        Files.write(directory.resolve("ended"), new byte[0]);
    }

    /** The way to a profile of this name, in a folder of its own, with these lines. */
    private Path profile(String folder, String name, String... lines) throws IOException {
        Path file = Files.createDirectories(directory.resolve(folder)).resolve(name + ".conf");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, List.of(lines));
    }

    private long told() throws IOException {
        Path file = directory.resolve("told");
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void awaitTold(int times, Process waiting) throws Exception {
        while (told() < times) {
            assertThat(waiting.isAlive()).isTrue();
            Thread.sleep(5);
        }
    }

    /** So many others have found the tunnel, and wait for what it says: the kernel lists the tunnel's end of each connection. */
    private void awaitAsking(int others, String name, List<Process> waiting) throws Exception {
        String socket = " " + directory.resolve(name + ".sock");
        int listening = 1;
        while (Files.readAllLines(Path.of("/proc/net/unix")).stream()
                        .filter(line -> line.endsWith(socket))
                        .count()
                < listening + others) {
            assertThat(waiting).allMatch(Process::isAlive);
            Thread.sleep(5);
        }
    }

    private List<String> types(Result result) {
        return result.out()
                .lines()
                .map(line -> Json.read(line).orElseThrow().text("type", ""))
                .toList();
    }

    private void up(String... arguments) throws Exception {
        Result up = run(arguments);
        assertThat(up.exitCode()).as(up.err()).isZero();
    }

    @Test
    void upOfOneThatIsEndingStartsAnother() throws Exception {
        up("up", "slow", "-u", "alice");
        long first = status("slow").number("pid");
        Process down = start("down", "slow");
        awaitTold(1, down);
        assertThat(status("slow").text("state")).isEqualTo("ending");
        try (SocketClient waiting = SocketClient.connect(directory.resolve("slow.sock"))) {
            assertThatThrownBy(() -> waiting.ask("up", Duration.ofMillis(200)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        Process again = start("up", "slow", "-u", "alice");
        awaitTold(2, again);
        Files.createFile(directory.resolve("ended"));
        assertThat(await(down).out()).isEqualTo("Tunnel slow is down.\n");
        Result result = await(again);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Tunnel pptp0 is up after");
        JsonObject status = status("slow");
        assertThat(status.text("state")).isEqualTo("up");
        assertThat(status.number("pid")).isNotEqualTo(first);
    }

    @Test
    void thoseThatAreStartedAtOnceAreOne() throws Exception {
        List<Process> starts = new ArrayList<>();
        for (String log : List.of("log1", "log2", "log3")) {
            starts.add(start("up", "later", "-u", "alice", "--json", "--log", directory.resolve(log) + ""));
        }
        while (!Files.exists(directory.resolve("later.sock"))) {
            assertThat(starts).allMatch(Process::isAlive);
            Thread.sleep(5);
        }
        awaitAsking(2, "later", starts);
        Optional<ProcessHandle> first =
                ProcessHandle.of(status("later").number("pid")).flatMap(ProcessHandle::parent);
        Process stopped = starts.stream()
                .filter(each -> !Optional.of(each.toHandle()).equals(first))
                .findFirst()
                .orElseThrow();
        stopped.toHandle().destroy();
        assertThat(await(stopped).exitCode()).isEqualTo(130);

        Files.createFile(directory.resolve("later"));
        starts.remove(stopped);
        List<List<String>> told = new ArrayList<>();
        for (Process each : starts) {
            Result result = await(each);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).doesNotContain("runs already");
            told.add(types(result));
        }
        assertThat(told)
                .as("of the one that runs, and of one without its log")
                .containsExactlyInAnyOrder(List.of("start", "up"), List.of("start", "warning", "up"));
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("log\\d")))
                    .as("of the one that runs")
                    .hasSize(1);
        }
    }

    @Test
    void twoRestartsAtOnceAreOne() throws Exception {
        up("up", "slow", "-u", "alice");
        Process one = start("restart", "slow", "-u", "alice");
        Process other = start("restart", "slow", "-u", "alice");
        awaitTold(2, one);
        Files.createFile(directory.resolve("ended"));
        for (Process each : List.of(one, other)) {
            Result result = await(each);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("is up");
        }
        assertThat(told()).isEqualTo(2);
        assertThat(status("slow").text("state")).isEqualTo("up");
    }

    private long awaitComingUp(Process starting, long before) throws Exception {
        JsonObject status = status("later");
        while (status.number("pid") == before || !status.text("state", "").equals("connecting")) {
            assertThat(starting.isAlive()).isTrue();
            status = status("later");
        }
        return status.number("pid");
    }

    /** Both were given at once, and one of them is so slow that the other's tunnel is there already. */
    @Test
    void aRestartDoesNotEndWhatHasBegunSinceItWasGiven() throws Exception {
        Path isUp = Files.createFile(directory.resolve("later"));
        Path mayGoOn = directory.resolve("go");
        up("up", "later", "-u", "alice");
        long before = status("later").number("pid");
        Files.delete(isUp);
        Process slow = startBy(
                List.of("sh", "-c", "while [ ! -e " + mayGoOn + " ]; do sleep 0.05; done; exec \"$@\"", "sh"),
                "restart",
                "later",
                "-u",
                "alice");
        Process quick = start("restart", "later", "-u", "alice");
        long begun = awaitComingUp(quick, before);
        Files.createFile(mayGoOn);
        awaitAsking(1, "later", List.of(quick, slow));
        Files.createFile(isUp);
        for (Process each : List.of(quick, slow)) {
            Result result = await(each);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("is up");
        }
        assertThat(status("later").number("pid")).isEqualTo(begun);
    }

    @Test
    void aRestartEndsWhatWasComingUpBefore() throws Exception {
        Process first = start("up", "later", "-u", "alice");
        long before = awaitComingUp(first, 0);
        Process again = start("restart", "later", "-u", "alice");
        assertThat(await(first).exitCode()).isEqualTo(130);
        long begun = awaitComingUp(again, before);
        Files.createFile(directory.resolve("later"));
        Result result = await(again);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(status("later").number("pid")).isEqualTo(begun);
    }

    @Test
    void upOfOneThatRunsSaysWhatItGoesOnWithout() throws Exception {
        String log = directory.resolve("office.txt").toString();
        up("up", "office", "-u", "alice");
        String[] more = {"up", "office", "-u", "alice", "--log", log, "--echo-interval", "5"};
        Result again = run(more);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("Tunnel office is up already");
        assertThat(again.err())
                .isEqualTo("warning: Tunnel office was started without --echo-interval 5, --log " + log
                        + ", and goes on so; 'jpptp restart' with the same arguments changes that.\n");
        Result json = run("up", "office", "-u", "alice", "--json", "--report", directory.resolve("office.html") + "");
        assertThat(types(json)).containsExactly("start", "warning", "up");
        assertThat(Path.of(log)).doesNotExist();

        more[0] = "restart";
        up(more);
        assertThat(Path.of(log)).exists();
        more[0] = "up";
        assertThat(run(more).err()).isEmpty();
    }

    @Test
    void upOfOneWithOtherSettingsIsRefused() throws Exception {
        Path office = profile("one", "office", "server = vpn.example.com", "user = alice");
        Path other = profile("other", "office", "server = vpn.example.net", "user = alice");
        up("up", office.toString());
        long pid = status("office").number("pid");
        String server = "jpptp: Tunnel office runs already, to vpn.example.com:1723 and not to vpn.example.net:1723."
                + " End it first, with 'jpptp down office'. (exit code 5)\n";
        assertThat(run("up", other.toString())).isEqualTo(new Result(5, "", server));
        assertThat(run("restart", other.toString())).isEqualTo(new Result(5, "", server));
        Result json = run("up", other.toString(), "--json");
        assertThat(json.exitCode()).isEqualTo(5);
        assertThat(types(json)).containsExactly("start", "ended");

        String again = " 'jpptp restart' with the same arguments brings it up as they say. (exit code 5)\n";
        assertThat(run("up", office.toString(), "-u", "bob").err())
                .isEqualTo("jpptp: Tunnel office runs already, as user alice and not as bob." + again);
        assertThat(run("up", office.toString(), "--lockdown").err())
                .isEqualTo("jpptp: Tunnel office runs already, without --lockdown." + again);
        assertThat(run("up", office.toString(), "--full-tunnel", "-q").err())
                .isEqualTo("jpptp: Tunnel office runs already, without --full-tunnel." + again);
        assertThat(run("up", office.toString(), "--route", "10.0.0.0/8").err())
                .isEqualTo("jpptp: Tunnel office runs already, without --route 10.0.0.0/8." + again);
        assertThat(status("office").number("pid")).isEqualTo(pid);

        up("up", office.toString());
        up("restart", office.toString(), "--full-tunnel", "-u", "bob");
        JsonObject asked = status("office").object("asked");
        assertThat(asked.text("user")).isEqualTo("bob");
        assertThat(asked.is("fullTunnel")).isTrue();
        assertThat(asked.is("lockdown")).isFalse();
        assertThat(run("up", office.toString(), "-u", "bob").err())
                .contains(" with --full-tunnel, which is not asked for now.");
        Path moved = profile("one", "office", "server = vpn.example.net", "user = alice");
        up("restart", moved.toString());
        assertThat(status("office").object("server").text("host")).isEqualTo("vpn.example.net");
    }

    @Test
    void aSecondUpWritesTheEventsOfTheFirst() throws Exception {
        up("up", "office", "-u", "alice");
        Result again = run("up", "office", "-u", "alice", "--json");
        assertThat(again.exitCode()).isZero();
        assertThat(types(again)).containsExactly("start", "up");
        assertThat(again.out()).contains("\"interface\":\"pptp0\"").contains("\"mtu\":1400");
        assertThat(again.err()).isEmpty();
    }

    private static Optional<String> line(BufferedReader lines, String with) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(with)) {
            line = lines.readLine();
        }
        return Optional.ofNullable(line);
    }

    @Test
    void whoeverWatchesSeesItEndAndAnotherBegin() throws Exception {
        up("up", "office", "-u", "alice");
        Process watching = start("status", "office", "--watch", "--json");
        try (BufferedReader lines = watching.inputReader(StandardCharsets.UTF_8)) {
            assertThat(line(lines, "\"state\":\"up\"")).isPresent();
            assertThat(run("down", "office").out()).isEqualTo("Tunnel office is down.\n");
            assertThat(line(lines, "\"state\":\"down\"")).isPresent();
            up("up", "office", "-u", "alice");
            assertThat(line(lines, "\"state\":\"up\"")).isPresent();
            assertThat(watching.isAlive()).isTrue();
        }
    }

    /** As {@code head} does it. */
    @Test
    void whoeverWatchesForNobodyEndsWithoutAWord() throws Exception {
        Process watching = start("status", "office", "--watch");
        try (BufferedReader lines = watching.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("office is down");
        }
        assertThat(watching.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("err0")).isEmptyFile();
        assertThat(watching.exitValue()).isEqualTo(3);
    }

    @Test
    void whoeverWatchesNothingForNobodyEndsToo() throws Exception {
        Process watching = start("status", "--watch", "--json");
        watching.getInputStream().close();
        assertThat(watching.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        // Newer Javas warn of native code, which the launcher permits.
        assertThat(Files.readAllLines(directory.resolve("err0"))).allMatch(line -> line.matches("(WARNING: .*)?"));
        assertThat(watching.exitValue()).isEqualTo(3);
    }

    @Test
    void twoWhoEndItBothSucceed() throws Exception {
        for (int i = 0; i < 3; i++) {
            up("up", "slow", "-u", "alice");
            Files.deleteIfExists(directory.resolve("told"));
            Process one = start("down", "slow");
            Process other = start("down", "slow");
            awaitTold(2, one);
            Files.createFile(directory.resolve("ended"));
            Result first = await(one);
            assertThat(first).isEqualTo(await(other)).isEqualTo(new Result(0, "Tunnel slow is down.\n", ""));
            Files.delete(directory.resolve("ended"));
        }
    }

    /** So that a script may take them away. */
    @Test
    void whatIsKeptOfATunnelIsThereOnceItIsDown() throws Exception {
        Path report = directory.resolve("report.html");
        up("up", "office", "-u", "alice", "--report", report.toString());
        assertThat(report).doesNotExist();
        assertThat(run("down", "office").exitCode()).isZero();
        assertThat(report).isNotEmptyFile();
    }
}
