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

/** A live capture of everything on one device of a namespace, by tcpdump, in a classic capture file. */
public final class Capture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** In KiB: what passes while a busy machine has no time for tcpdump. */
    private static final String BUFFER = "65536";

    private static final Pattern DROPPED = Pattern.compile("^[1-9]\\d* packets? dropped", Pattern.MULTILINE);

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
            // Packets come one by one, so that none waits in a block of the kernel's when the capture ends.
            Process process = new ProcessBuilder(namespace.command(List.of(
                            "tcpdump",
                            "--immediate-mode",
                            "-n",
                            "-s",
                            "0",
                            "-B",
                            BUFFER,
                            "-Z",
                            "root",
                            "-i",
                            device,
                            "-w",
                            file.toString())))
                    .redirectErrorStream(true)
                    .start();
            OutputLines output = new OutputLines(process.getInputStream(), "tcpdump");
            // Said after the socket has been opened.
            output.await("listening on ", LIMIT);
            return new Capture(process, output, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the capture; the file is complete then, or it is an error. */
    public Path stop() {
        try {
            if (process.isAlive()) {
                Command.run("kill", "-INT", Long.toString(process.pid()));
            }
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("tcpdump does not end:\n" + output.text());
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
