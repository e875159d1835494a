package org.jpptp.cli.tunnel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.OutputLines;
import org.jpptp.lab.peer.Requirement;
import org.jpptp.lab.peer.TestNamespace;

/**
 * Debian's systemd in a throw-away container over this machine's files, joined to a namespace (see {@code docs/service.md}). When
 * this JVM ends, however it ends, nothing of it is left.
 */
final class Box implements AutoCloseable {
    private static final String RUN = "../lab/box/run";
    private static final Path JAR = Path.of(System.getProperty("jpptp.jar", ""));
    private static final List<Path> NEEDED =
            List.of(Path.of("/lib/systemd/systemd"), Path.of("/usr/bin/dbus-daemon"), Path.of("/usr/bin/pkcheck"));
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String name = "it-" + ProcessHandle.current().pid();
    private final Process keeper;
    private final OutputLines output;
    private int boots = 1;

    private Box(Process keeper) {
        this.keeper = keeper;
        this.output = new OutputLines(keeper.getInputStream(), name);
    }

    /** Boots one. Where what it needs is missing, the test is skipped, or fails where nothing may be skipped. */
    static Box boot(TestNamespace beside) {
        boolean strict = "1".equals(System.getenv(Requirement.STRICT));
        assumeTrue(
                strict || NEEDED.stream().allMatch(Files::isExecutable),
                "not installed: one of " + NEEDED + " (Debian packages: lab/peer/packages)");
        ProcessBuilder builder =
                new ProcessBuilder(RUN, "it-" + ProcessHandle.current().pid());
        builder.environment().put("BOX_LINK", beside.name());
        try {
            Box box = new Box(builder.redirectErrorStream(true).start());
            box.output.await("^READY$", LIMIT);
            return box;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program inside to its end. */
    Command.Result exec(String... program) {
        return Command.run(LIMIT, "", command(program));
    }

    private List<String> command(String... program) {
        List<String> command = new ArrayList<>(List.of(RUN, name));
        command.addAll(List.of(program));
        return command;
    }

    /** Runs a shell script inside, which has to succeed, and returns what it printed. */
    String sh(String script) {
        return exec("bash", "-ec", script).orThrow();
    }

    /** Writes a file inside that only root may read. */
    void write(String path, String text) {
        Command.run(LIMIT, text, command("bash", "-c", "umask 077; mkdir -p \"${0%/*}\"; cat > \"$0\"", path))
                .orThrow();
    }

    /** Installs a package inside. */
    void install(Path file) {
        try {
            Process tee = new ProcessBuilder(command("bash", "-c", "cat > /root/package.deb"))
                    .redirectInput(file.toFile())
                    .redirectErrorStream(true)
                    .start();
            if (!tee.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || tee.exitValue() != 0) {
                throw new AssertionError(file + " is not copied");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        sh("dpkg --force-unsafe-io --install /root/package.deb; rm /root/package.deb");
    }

    /** Installs the package of this build. */
    void installOurs(Path folder) {
        Path file = folder.resolve("jpptp.deb");
        if (Files.notExists(file)) {
            Command.run(
                            LIMIT,
                            "",
                            List.of(
                                    "env",
                                    "JAVA_HOME=" + System.getProperty("java.home"),
                                    "../packaging/deb/build",
                                    JAR.toString(),
                                    "1.2.3",
                                    "2026-11-01T00:00:00Z",
                                    file.toString()))
                    .orThrow();
        }
        install(file);
    }

    /**
     * Installs systemd-resolved, which would take the place of a machine's own {@code /etc/resolv.conf}, and so is downloaded
     * only.
     */
    void installResolved() throws IOException {
        Path folder = Files.createDirectories(Path.of("../lab/target/box"));
        if (resolved(folder).isEmpty()) {
            String script = "cd \"$0\"; apt-get -qq download systemd-resolved"
                    + " || { apt-get -qq update; apt-get -qq download systemd-resolved; }";
            Command.run(LIMIT, "", List.of("bash", "-ec", script, folder.toString()))
                    .orThrow();
        }
        install(resolved(folder).get(0));
    }

    private static List<Path> resolved(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("systemd-resolved_.*\\.deb"))
                    .toList();
        }
    }

    /** Boots it once more, with the same files, and returns when every unit has started or failed. */
    void reboot() {
        boots++;
        exec("systemctl", "reboot");
        output.await("^READY " + boots + "$", LIMIT);
    }

    /** What a unit has put into the journal, of a priority or a worse one, a line each. */
    List<String> journal(String unit, String priority) {
        return exec("journalctl", "--unit=" + unit, "--priority=" + priority, "--output=cat", "--no-pager")
                .orThrow()
                .lines()
                .toList();
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the box does not end:\n" + output.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
