package org.jpptp.lab.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.OutputLines;
import org.jpptp.lab.peer.TestNamespace;

/** A live capture of everything on one device of a namespace, in a classic capture file. */
public final class Capture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** dumpcap is handed packets in blocks, of which the last comes with a delay. */
    private static final long LAST_BLOCK_MILLIS = 400;

    /** In MiB: what passes while a busy machine has no time for dumpcap. */
    private static final String BUFFER = "32";

    private static final Pattern DROPPED = Pattern.compile("received/dropped on interface .*: \\d+/([1-9]\\d*)");

    private final Process process;
    private final OutputLines output;
    private final Path file;

    private Capture(Process process, OutputLines output, Path file) {
        this.process = process;
        this.output = output;
        this.file = file;
    }

    /** Returns once packets are being captured. */
    public static Capture start(TestNamespace namespace, String device, Path file) {
        try {
            Process process = new ProcessBuilder(namespace.command(
                            List.of("dumpcap", "-q", "-P", "-B", BUFFER, "-i", device, "-w", file.toString())))
                    .redirectErrorStream(true)
                    .start();
            OutputLines output = new OutputLines(process.getInputStream(), "dumpcap");
            // Said after the socket has been opened.
            output.await("^File: ", LIMIT);
            return new Capture(process, output, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the capture; the file is complete then, or it is an error. */
    public Path stop() {
        try {
            if (process.isAlive()) {
                Thread.sleep(LAST_BLOCK_MILLIS);
                Command.run("kill", "-INT", Long.toString(process.pid()));
            }
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("dumpcap does not end:\n" + output.text());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        output.awaitEnd(LIMIT);
        if (DROPPED.matcher(output.text()).find()) {
            throw new AssertionError("the capture has gaps:\n" + output.text());
        }
        return file;
    }

    @Override
    public void close() {
        stop();
    }
}
