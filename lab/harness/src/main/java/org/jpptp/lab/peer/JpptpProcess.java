package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The built {@code jpptp} command, running in a namespace: the jar of the system property {@code jpptp.jar}, else the
 * class {@code org.jpptp.cli.Main} on the class path of {@code jpptp.classpath}.
 */
public final class JpptpProcess implements AutoCloseable {
    private static final Duration KILL_LIMIT = Duration.ofMinutes(2);

    /** What {@link #readable} has copied. */
    private static final Map<Path, Path> READABLE = new ConcurrentHashMap<>();

    private final Process process;
    private final OutputLines out;
    private final OutputLines err;

    private JpptpProcess(Process process) {
        this.process = process;
        this.out = new OutputLines(process.getInputStream(), "jpptp out");
        this.err = new OutputLines(process.getErrorStream(), "jpptp err");
    }

    /** Starts it with empty input. */
    public static JpptpProcess start(TestNamespace namespace, String... arguments) {
        return start(namespace, "", List.of(arguments));
    }

    /**
     * Starts it.
     *
     * @param input its whole standard input, such as a password and a line feed
     */
    public static JpptpProcess start(TestNamespace namespace, String input, List<String> arguments) {
        return startUnder(namespace, List.of(), input, arguments);
    }

    /**
     * Starts it under another program.
     *
     * @param wrapper a program and its arguments, to be followed by a command that it runs in its own place, such as
     *     {@code setpriv --reuid 65534}
     */
    public static JpptpProcess startUnder(
            TestNamespace namespace, List<String> wrapper, String input, List<String> arguments) {
        List<String> program = new ArrayList<>(wrapper);
        program.addAll(java());
        return startBy(namespace, program, input, arguments);
    }

    /**
     * Starts it by another program than Java, such as a launcher, which has to end as the command.
     *
     * @param program with what stands before the arguments
     */
    public static JpptpProcess startBy(
            TestNamespace namespace, List<String> program, String input, List<String> arguments) {
        // What is ignored when Java starts stays ignored, and a shell starts what runs in its background like that.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        command.addAll(program);
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(namespace.commandOfAHost(command)).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            return new JpptpProcess(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What starts the command. */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = System.getProperty("jpptp.jar", "");
        if (!jar.isEmpty()) {
            return List.of(java, "-jar", readable(Path.of(jar)).toString());
        }
        String classPath = System.getProperty("jpptp.classpath", "");
        if (!classPath.isEmpty()) {
            return List.of(java, "-cp", classPath, "org.jpptp.cli.Main");
        }
        throw new AssertionError("neither the system property jpptp.jar nor jpptp.classpath names a jpptp to run");
    }

    /** A copy that every user can read: the checkout may be below a folder that others may not enter. */
    private static Path readable(Path jar) {
        return READABLE.computeIfAbsent(jar, original -> {
            try {
                Path folder = Files.createTempDirectory("jpptp-test-");
                folder.toFile().deleteOnExit();
                Path copy = Files.copy(original, folder.resolve(original.getFileName()));
                copy.toFile().deleteOnExit(); // the last that is asked for is deleted first
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
                return copy;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Its standard output. */
    public OutputLines out() {
        return out;
    }

    /** Its standard error. */
    public OutputLines err() {
        return err;
    }

    /** Sends a signal, {@code INT}, {@code TERM}, {@code HUP} or {@code KILL}. */
    public void signal(String name) {
        Command.run("kill", "-" + name, Long.toString(pid())).orThrow();
    }

    /** Waits for its end, and for the last of its output; an end by a signal gives 128 + its number. */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "jpptp did not end within " + timeout + "\nout:\n" + out.text() + "\nerr:\n" + err.text());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        out.awaitEnd(KILL_LIMIT);
        err.awaitEnd(KILL_LIMIT);
        return process.exitValue();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            awaitExit(KILL_LIMIT);
        }
    }
}
