package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's systemd as the first process of a throw-away container over a copy-on-write view of this machine's files ({@code
 * lab/box/run}): what is installed or written in there is nobody else's.
 *
 * <p>A keeper process holds it: when this JVM ends, however it ends, nothing of it is left. Needs root.
 */
public final class SystemdBox implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Where the packages are that are not this machine's. */
    private static final String FETCHED = "target/box";

    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            bash "$1" "$2"
            ip netns del "$2" 2> /dev/null
            echo ENDED
            """;

    private final Process keeper;
    private final OutputLines output;
    private final String name = TestNamespace.freshName("box");
    private final String script = lab("box/run").toString();
    private int boots = 1;

    /** @param link what BOX_LINK is to be */
    private SystemdBox(String link) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", KEEPER, "keeper", script, name);
        builder.environment().put("BOX_LINK", link);
        try {
            this.keeper = builder.redirectErrorStream(true).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.output = new OutputLines(keeper.getInputStream(), name);
        output.await("^READY$", LIMIT);
        Command.run("ip", "netns", "attach", name, pid()).orThrow();
    }

    /** Boots one, with a network in which there is nothing but its loopback. */
    public static SystemdBox boot() {
        return new SystemdBox("");
    }

    /** Boots one that is joined to a namespace by its eth0, which is there from the beginning of each boot. */
    public static SystemdBox boot(TestNamespace beside) {
        return new SystemdBox(beside.name());
    }

    /** Boots it once more, with the same files and another network, and returns when every unit has started or failed. */
    public void reboot() {
        boots++;
        exec("systemctl", "reboot");
        output.await("^READY " + boots + "$", LIMIT);
    }

    /** Its first process, another one after each boot. */
    private String pid() {
        return Command.run("bash", script, name, "pid").orThrow().strip();
    }

    /** A file of the lab's. Tests run in the folder of their module. */
    private static Path lab(String file) {
        Path ofAModule = Path.of("..", "lab", file);
        Path ofOurs = Path.of("..", file);
        return Files.exists(ofAModule) ? ofAModule.toAbsolutePath() : ofOurs.toAbsolutePath();
    }

    /** Whether what is to be installed in boxes is there. */
    static boolean isFetched() {
        return Files.exists(lab(FETCHED).resolve("fetched"));
    }

    /** Its network until it boots once more. */
    public TestNamespace network() {
        return TestNamespace.keptElsewhere(name);
    }

    /** Installs what {@code lab/box/fetch} has downloaded; nothing of it is started. */
    public void install() {
        try (Stream<Path> files = Files.list(lab(FETCHED))) {
            List<Path> packages =
                    files.filter(file -> file.toString().endsWith(".deb")).toList();
            for (Path each : packages) {
                copy(each, "/opt/" + each.getFileName());
            }
            if (!packages.isEmpty()) {
                // Of the triggers, which take longer than all else, two are needed: those that have them known.
                sh("dpkg --install --force-depends --no-triggers /opt/*.deb && systemctl daemon-reload"
                        + " && systemctl reload dbus");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Installs a package, and has it configured and its triggers run. */
    public void install(Path file) {
        copy(file, "/opt/package.deb");
        sh("dpkg --force-unsafe-io --install /opt/package.deb; rm /opt/package.deb");
    }

    /** One that {@code lab/box/fetch} has downloaded. */
    public static Path fetched(String name) {
        try (Stream<Path> files = Files.walk(lab(FETCHED))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(name + "_"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs a program in here to its end. */
    public Command.Result exec(String... program) {
        List<String> command = new ArrayList<>(List.of("bash", script, name));
        command.addAll(List.of(program));
        return Command.run(LIMIT, "", command);
    }

    /** Runs a shell script in here, which has to succeed, and returns what it printed. */
    public String sh(String does) {
        return exec("bash", "-ec", does).orThrow();
    }

    /** What a unit has put into the journal, of a priority or a worse one, a line each. */
    public List<String> journal(String unit, String priority) {
        return exec("journalctl", "--unit=" + unit, "--priority=" + priority, "--output=cat", "--no-pager")
                .orThrow()
                .lines()
                .toList();
    }

    /** Writes a file that only root may read, in the place of one that is there. */
    public void write(String path, String text) {
        try {
            Path file = inside(path);
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Copies a file of this machine's. */
    public void copy(Path file, String path) {
        try {
            Files.copy(file, inside(path), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path inside(String path) {
        return Path.of("/proc", pid(), "root", path);
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                keeper.descendants().forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError("the box does not end:\n" + output.text());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
