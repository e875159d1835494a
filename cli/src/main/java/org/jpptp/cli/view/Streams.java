package org.jpptp.cli.view;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command reads and writes, and what it may show there.
 *
 * @param charset what both outputs encode to
 * @param outIsTerminal whether somebody watches standard output
 * @param errIsTerminal whether somebody watches standard error
 * @param environment the process's
 */
public record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Charset charset,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {
    /** The process's own streams, in the encoding of its locale. */
    public static Streams ofProcess() {
        // Not System.out: its encoding depends on the Java version where the output is no terminal.
        Charset charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        return new Streams(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                charset,
                isTerminal(1),
                isTerminal(2),
                System.getenv());
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Null without a terminal: newer Java versions have a Console there, too, that echoes. */
    @Nullable
    public Console console() {
        return isTerminal(0) && isTerminal(1) ? System.console() : null;
    }

    public Style outStyle(@Nullable Boolean color) {
        return Style.of(charset, colored(color, outIsTerminal));
    }

    public Style errStyle(@Nullable Boolean color) {
        return Style.of(charset, colored(color, errIsTerminal));
    }

    /** An option decides; else NO_COLOR (no-color.org), a terminal that says it is dumb, or no terminal at all. */
    private boolean colored(@Nullable Boolean option, boolean terminal) {
        if (option != null) {
            return option;
        }
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
