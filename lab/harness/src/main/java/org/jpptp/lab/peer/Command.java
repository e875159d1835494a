package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, in bounded time. */
public final class Command {
    /** Long enough for everything that is no transfer, on a busy machine. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** What a program said, and its exit status. */
    public record Result(List<String> command, int status, String out, String err) {
        /** The standard output of a program that must have succeeded. */
        public String orThrow() {
            if (status != 0) {
                throw new AssertionError(command + " ended with " + status + "\n" + out + err);
            }
            return out;
        }
    }

    private Command() {}

    /** Runs it with empty input. */
    public static Result run(String... command) {
        return run(LIMIT, "", List.of(command));
    }

    /**
     * Runs it; one that does not end in time is killed with its children, and is an error.
     *
     * @param input its standard input
     */
    public static Result run(Duration limit, String input, List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> out =
                    CompletableFuture.supplyAsync(() -> read(process.getInputStream()), new OwnThread());
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), new OwnThread());
            feed(process, input);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + limit);
            }
            return new Result(command, process.exitValue(), out.join(), err.join());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, interrupted);
        }
    }

    private static void feed(Process process, String input) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        } catch (IOException brokenPipe) {
            // The program ended without reading; its status says why.
            if (process.isAlive() && !input.isEmpty()) {
                throw brokenPipe;
            }
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
