package org.jpptp.cli.view;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
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
 * @param outWatcher who sees standard output
 * @param errWatcher who sees standard error
 * @param environment the process's
 */
public record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Charset charset,
        Watcher outWatcher,
        Watcher errWatcher,
        Map<String, String> environment) {
    /** Set by systemd where an output goes to its journal. */
    private static final String JOURNAL_STREAM = "JOURNAL_STREAM";

    /** Who sees an output at once. */
    public enum Watcher {
        /** Somebody at a terminal. */
        TERMINAL,
        /** It goes to a file or a program. */
        NOBODY,
        /** systemd's journal, which sorts lines by how much they matter. */
        JOURNAL
    }

    /** The process's own streams, in the encoding of its locale. */
    public static Streams ofProcess() {
        // Not System.out: its encoding depends on the Java version where the output is no terminal.
        Charset charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset);
        return new Streams(
                // Not System.in, whose buffer would keep a password.
                new FileInputStream(FileDescriptor.in),
                new WatchedOutput(
                                new FileOutputStream(FileDescriptor.out),
                                lost -> new Messages(err, Style.PLAIN).outputLost(lost))
                        .stream(charset),
                err,
                charset,
                watcher(1),
                watcher(2),
                System.getenv());
    }

    private static Watcher watcher(int descriptor) {
        if (isTerminal(descriptor)) {
            return Watcher.TERMINAL;
        }
        return isJournal(descriptor, System.getenv().getOrDefault(JOURNAL_STREAM, ""))
                ? Watcher.JOURNAL
                : Watcher.NOBODY;
    }

    /** Whether it is still what systemd opened, and named by device and inode (systemd.exec(5)). */
    static boolean isJournal(int descriptor, String named) {
        if (named.isEmpty()) {
            return false;
        }
        try {
            Map<String, Object> file = Files.readAttributes(Path.of("/proc/self/fd/" + descriptor), "unix:dev,ino");
            return named.equals(file.get("dev") + ":" + file.get("ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
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

    /**
     * Standard output for a command that ends where nobody reads it any more, as a program without a handler for SIGPIPE does:
     * without a word, which would be about what goes on. {@link PrintStream#checkError} tells.
     */
    public PrintStream hushedOut() {
        WatchedOutput.hush(out);
        return out;
    }

    public Style outStyle(@Nullable Boolean color) {
        return Style.of(charset, color(color, outWatcher)).withWidth(width(outWatcher));
    }

    public Style errStyle(@Nullable Boolean color) {
        return Style.of(charset, color(color, errWatcher))
                .withWidth(width(errWatcher))
                .withLines(errWatcher == Watcher.JOURNAL ? Style.Lines.WITH_PRIORITY : Style.Lines.BARE);
    }

    /** Whether a line may be written over, to show that time passes. */
    public boolean isMovable() {
        return outWatcher == Watcher.TERMINAL
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** In columns, 0 where there is no terminal. */
    private int width(Watcher watcher) {
        return watcher == Watcher.TERMINAL ? TerminalWidth.columns(environment) : 0;
    }

    /** An option decides; else NO_COLOR (no-color.org), a terminal that says it is dumb, or no terminal at all. */
    private Style.Color color(@Nullable Boolean option, Watcher watcher) {
        boolean wanted = option != null
                ? option
                : watcher == Watcher.TERMINAL
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return wanted ? Style.Color.ON : Style.Color.OFF;
    }
}
