package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The built {@code jpptp} command at a pseudo-terminal, in front of which somebody reads and types. Once it has ended, a line
 * tells its exit code, and {@code stty} what it has left of the terminal.
 */
public final class Terminal implements AutoCloseable {
    private static final Duration KILL_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final OutputStream keyboard;
    private final StringBuilder screen = new StringBuilder();

    private Terminal(Process process) {
        this.process = process;
        this.keyboard = process.getOutputStream();
        Thread reader = new Thread(this::read, "terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the command with a terminal of its own. */
    public static Terminal start(TestNamespace namespace, List<String> arguments) {
        return startBy(namespace, JpptpProcess.java(), arguments);
    }

    /**
     * The same by another program than Java, such as a launcher.
     *
     * @param program with what stands before the arguments
     */
    public static Terminal startBy(TestNamespace namespace, List<String> program, List<String> arguments) {
        String command = Stream.concat(program.stream(), arguments.stream())
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        // What is ignored when a shell or Java starts stays ignored, and so is SIGINT in a build in the background.
        try {
            return new Terminal(new ProcessBuilder(namespace.commandOfAHost(List.of(
                            "env",
                            "--default-signal=INT,HUP,QUIT",
                            "script",
                            "-qec",
                            "trap : INT; " + command + "; echo \"[code $?]\"; stty -a",
                            "/dev/null")))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        byte[] octets = new byte[1024];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                append(new String(octets, 0, count, UTF_8));
            }
        } catch (IOException closed) {
            append("[" + closed.getMessage() + "]");
        }
    }

    private synchronized void append(String text) {
        screen.append(text);
        notifyAll();
    }

    /** All that has been shown, with the line ends of a terminal. */
    public synchronized String screen() {
        return screen.toString();
    }

    /** Waits until a text is on the screen. */
    public synchronized void await(String text, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (screen.indexOf(text) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not on the screen within " + timeout + ": " + text + "\n" + screen);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    /** Presses Ctrl-C. */
    public void interrupt() {
        press("\u0003");
    }

    /** Types a line. */
    public void type(String line) {
        press(line + "\n");
    }

    private void press(String keys) {
        try {
            keyboard.write(keys.getBytes(UTF_8));
            keyboard.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends it if it still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the terminal does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
