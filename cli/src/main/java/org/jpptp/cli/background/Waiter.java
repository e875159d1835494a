package org.jpptp.cli.background;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The process that started this one, and waits until its tunnel needs nobody any more: a shell that runs
 * {@code packaging/launcher/wait}, as the launcher has it. Whoever started this program as a jar gets one with {@link #command}.
 */
public final class Waiter {
    /** What it tells its number by. */
    private static final String VARIABLE = "JPPTP_WAITER";

    private static final Path STATE = Path.of("/proc/self/stat");
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final String PROGRAM = "wait";
    private static final String SHELL = "/bin/sh";

    private Waiter() {}

    /**
     * Its number; empty where nobody waits. One whose number came down from an earlier parent waits for another.
     *
     * @throws IOException where there is no /proc
     */
    public static OptionalLong of(Map<String, String> environment) throws IOException {
        // Not by ProcessHandle, which does not see a parent that has more rights where /proc hides those (hidepid).
        return of(environment, Files.readString(STATE, StandardCharsets.ISO_8859_1));
    }

    /** @param state this process's, as proc(5) has stat: number, name in parentheses, state, number of the parent, and more */
    static OptionalLong of(Map<String, String> environment, String state) {
        String parent = state.substring(state.lastIndexOf(')') + 1).trim().split(" ", 3)[1];
        return environment.getOrDefault(VARIABLE, "").equals(parent)
                ? OptionalLong.of(Long.parseLong(parent))
                : OptionalLong.empty();
    }

    /** What runs this program once more, with the same words, and waits for it. */
    public static List<String> command() throws IOException {
        String java = Files.readSymbolicLink(Path.of("/proc/self/exe")).toString();
        return command(program(), java, Files.readString(COMMAND_LINE, charset()));
    }

    /** @param line this process's, as proc(5) has it: each word ended by NUL */
    static List<String> command(String program, String java, String line) {
        List<String> words = Arrays.asList(line.split("\0", -1));
        List<String> command = new ArrayList<>(List.of(SHELL, "-c", program, "jpptp", java));
        command.addAll(words.subList(1, words.size() - 1)); // behind the last NUL is nothing
        return command;
    }

    private static String program() throws IOException {
        try (InputStream in = Objects.requireNonNull(Waiter.class.getResourceAsStream(PROGRAM), "a part of the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What Java decodes arguments by. */
    private static Charset charset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
