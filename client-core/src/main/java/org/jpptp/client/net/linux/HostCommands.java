package org.jpptp.client.net.linux;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.client.net.HostChangeException;

/**
 * Runs the host's own commands, and no others than those of {@link Program}: from fixed places, without a shell, with an
 * environment of our own, in bounded time. They work in the network namespace of the calling thread.
 */
final class HostCommands {
    static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));
    private static final long SECONDS = 5;
    /** Far more than any answer or input here; a pipe holds as much, so that nobody has to read or write meanwhile. */
    private static final int PIPE_OCTETS = 1 << 16;

    private final List<Path> places;
    private final Consumer<String> trace;
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

    /**
     * @param places the directories in which the programs are looked for, {@link #PLACES} but for tests
     * @param trace receives each change as {@code [#] ip …} before it is made
     */
    HostCommands(List<Path> places, Consumer<String> trace) {
        this.places = places;
        this.trace = trace;
    }

    /** What may be run. */
    enum Program {
        IP,
        NFT,
        NMCLI,
        RESOLVECTL,
        RESOLVCONF,
        IPTABLES_SAVE,
        IPTABLES_LEGACY_SAVE,
        TIMEDATECTL,
        UNSHARE,
        NSENTER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean has(Program program) {
        return find(program).isPresent();
    }

    /** Asks; changes nothing and is not traced. */
    CommandResult query(Program program, List<String> arguments) {
        return run(program, arguments, "");
    }

    /** The same, with what the program reads from its standard input; what it changes is for the caller to trace. */
    CommandResult query(Program program, List<String> arguments, String input) {
        return run(program, arguments, input);
    }

    /** Changes something, and traces it. */
    CommandResult change(Program program, List<String> arguments) {
        return change(program, arguments, "");
    }

    /** Changes something, which must succeed. */
    void make(Program program, List<String> arguments) throws HostChangeException {
        make(program, arguments, "");
    }

    /** The same, with what the program reads from its standard input. */
    void make(Program program, List<String> arguments, String input) throws HostChangeException {
        CommandResult result = change(program, arguments, input);
        if (!result.isSuccess()) {
            throw result.refusal();
        }
    }

    /**
     * Removes something, which may be gone already.
     *
     * @return false when it could not be removed, which is traced
     */
    boolean remove(Program program, List<String> arguments) {
        CommandResult result = change(program, arguments);
        if (result.isSuccess() || result.isGone()) {
            return true;
        }
        trace(result.refusal().failure().sentence());
        return false;
    }

    void trace(String line) {
        trace.accept(line);
    }

    /** A sentence for the user, to be told by whoever began what is being done. */
    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Those that nobody has told yet. */
    List<String> takeWarnings() {
        List<String> taken = new ArrayList<>();
        for (String next = warnings.poll(); next != null; next = warnings.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private CommandResult change(Program program, List<String> arguments, String input) {
        trace("[#] " + program + " " + String.join(" ", arguments));
        return run(program, arguments, input);
    }

    private Optional<Path> find(Program program) {
        return find(places, program);
    }

    /** Where a program is; empty where it is not installed. */
    static Optional<Path> find(List<Path> places, Program program) {
        return places.stream()
                .map(place -> place.resolve(program.toString()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private CommandResult run(Program program, List<String> arguments, String input) {
        Optional<Path> binary = find(program);
        if (binary.isEmpty()) {
            return new CommandResult(program.toString(), arguments, -1, "the command is not installed");
        }
        List<String> command = new ArrayList<>(arguments);
        command.add(0, binary.get().toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/"));
        if (input.isEmpty()) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            if (!input.isEmpty()) {
                write(process, input);
            }
            if (!ends(process)) {
                process.destroyForcibly();
                return new CommandResult(program.toString(), arguments, -1, "no answer within " + SECONDS + " s");
            }
            byte[] output = process.getInputStream().readNBytes(PIPE_OCTETS);
            return new CommandResult(
                    program.toString(),
                    arguments,
                    process.exitValue(),
                    new String(output, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new CommandResult(program.toString(), arguments, -1, String.valueOf(e.getMessage()));
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It has ended without reading all: its exit status and its words tell why.
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
}
