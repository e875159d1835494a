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
 * lab/box/run}): what is installed or written in there is nobody else's. Its network is a namespace of its own, with a name.
 *
 * <p>A keeper process holds it: when this JVM ends, however it ends, nothing of it is left. Needs root.
 */
public final class SystemdBox implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

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
    private final TestNamespace network;
    private final Path root;
    private final String script;

    private SystemdBox(String script, String name) throws IOException {
        this.script = script;
        this.keeper = new ProcessBuilder("bash", "-c", KEEPER, "keeper", script, name)
                .redirectErrorStream(true)
                .start();
        this.output = new OutputLines(keeper.getInputStream(), name);
        this.network = TestNamespace.keptElsewhere(name);
        output.await("^READY$", LIMIT);
        String pid = Command.run("bash", script, name, "pid").orThrow().strip();
        this.root = Path.of("/proc", pid, "root");
        Command.run("ip", "netns", "attach", name, pid).orThrow();
    }

    /** Boots one, with a network in which there is nothing but its loopback. */
    public static SystemdBox boot() {
        try {
            return new SystemdBox(lab("box/run").toString(), TestNamespace.freshName("box"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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

    /** Its network. */
    public TestNamespace network() {
        return network;
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
                exec(
                                "sh",
                                "-c",
                                "dpkg --install --force-depends --no-triggers /opt/*.deb && systemctl daemon-reload"
                                        + " && systemctl reload dbus")
                        .orThrow();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs a program in here to its end. */
    public Command.Result exec(String... program) {
        return exec(LIMIT, program);
    }

    /** Runs a program in here to its end. */
    public Command.Result exec(Duration limit, String... program) {
        List<String> command = new ArrayList<>(List.of("bash", script, network.name()));
        command.addAll(List.of(program));
        return Command.run(limit, "", command);
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
        return root.resolve(path.substring(1));
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
