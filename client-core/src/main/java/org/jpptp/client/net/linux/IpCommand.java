package org.jpptp.client.net.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;

/**
 * Runs iproute2's {@code ip}: from a fixed place, without a shell, with an environment of our own, in bounded time. It
 * works in the network namespace of the calling thread.
 */
public final class IpCommand {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));
    private static final long SECONDS = 5;
    /** Far more than any answer to what is asked here; a pipe holds as much, so that nobody has to read meanwhile. */
    private static final int OUTPUT_OCTETS = 1 << 16;

    private final Path binary;
    private final Consumer<String> trace;

    private IpCommand(Path binary, Consumer<String> trace) {
        this.binary = binary;
        this.trace = trace;
    }

    /**
     * Finds the command.
     *
     * @param trace receives each change as {@code [#] ip …} before it is made
     */
    public static IpCommand find(Consumer<String> trace) throws HostChangeException {
        return find(PLACES, trace);
    }

    static IpCommand find(List<Path> places, Consumer<String> trace) throws HostChangeException {
        for (Path place : places) {
            Path binary = place.resolve("ip");
            if (Files.isExecutable(binary)) {
                return new IpCommand(binary, trace);
            }
        }
        throw new HostChangeException(Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The command ip of iproute2 is in none of "
                        + String.join(", ", places.stream().map(Path::toString).toList()) + ".",
                "Install the package iproute2."));
    }

    /** What a command said. {@code exit} is −1 when it could not be started or did not end in time. */
    public record Result(List<String> arguments, int exit, String output) {
        public boolean isSuccess() {
            return exit == 0;
        }

        /** As told to the user: the command, and iproute2's words for it. */
        public HostChangeException refusal() {
            String command = "ip " + String.join(" ", arguments);
            String words = printable(output.strip());
            return new HostChangeException(Failure.of(
                    words.contains("Operation not permitted")
                            ? FailureReason.NO_PRIVILEGE
                            : FailureReason.HOST_CHANGE_REFUSED,
                    "The host refused \"" + command + "\": "
                            + (words.isEmpty() ? "exit status " + exit : words.replaceAll("\\.+$", "")) + ".",
                    remedy(words, command)));
        }

        private static String remedy(String words, String command) {
            if (words.contains("Operation not permitted")) {
                return "Run it as root, with sudo.";
            }
            if (words.contains("File exists")) {
                return "Remove what is there already, or leave it out of the tunnel's routes.";
            }
            return "Run \"" + command + "\" by hand to see why.";
        }
    }

    /** Asks; changes nothing and is not traced. */
    public Result query(List<String> arguments) {
        return run(arguments);
    }

    /** Changes something, and traces it. */
    public Result change(List<String> arguments) {
        trace.accept("[#] ip " + String.join(" ", arguments));
        return run(arguments);
    }

    void trace(String line) {
        trace.accept(line);
    }

    private Result run(List<String> arguments) {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, binary.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            if (!ends(process)) {
                process.destroyForcibly();
                return new Result(arguments, -1, "no answer within " + SECONDS + " s");
            }
            byte[] output = process.getInputStream().readNBytes(OUTPUT_OCTETS);
            return new Result(arguments, process.exitValue(), new String(output, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Result(arguments, -1, String.valueOf(e.getMessage()));
        }
    }

    /** Waits even if the thread is being interrupted: what was begun must be finished, or undone. */
    private static boolean ends(Process process) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                long left = TimeUnit.SECONDS.toNanos(SECONDS) - (System.nanoTime() - begin);
                try {
                    return process.waitFor(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** At most 200 characters, all of them printable ASCII. */
    static String printable(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length() && result.length() < 200; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                result.append("; ");
            } else if (c >= ' ' && c <= '~') {
                result.append(c);
            } else {
                result.append(String.format("\\x%02x", (int) c));
            }
        }
        return result.toString();
    }
}
