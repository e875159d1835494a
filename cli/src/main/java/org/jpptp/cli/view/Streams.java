package org.jpptp.cli.view;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /** Of a file's mode (inode(7)): S_IFMT, S_IFIFO and S_IFSOCK. */
    private static final int TYPE_OF_FILE = 0170000;

    private static final int PIPE = 0010000;
    private static final int CONNECTION = 0140000;

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
                watched(new FileOutputStream(FileDescriptor.out), () -> isPiped(1), err, charset),
                err,
                charset,
                watcher(1),
                watcher(2),
                System.getenv());
    }

    /**
     * Standard output that knows whether it is lost.
     *
     * @param piped whether whoever reads it may go
     */
    public static PrintStream watched(OutputStream out, BooleanSupplier piped, PrintStream err, Charset charset) {
        return new WatchedOutput(out, piped, lost -> new Messages(err, Style.PLAIN).outputLost(lost)).stream(charset);
    }

    /** Whether it is a pipe or a connection, where an error says that nobody reads it, in the words of whatever language. */
    static boolean isPiped(int descriptor) {
        try {
            int mode = (Integer) Files.getAttribute(Path.of("/proc/self/fd/" + descriptor), "unix:mode");
            return (mode & TYPE_OF_FILE) == PIPE || (mode & TYPE_OF_FILE) == CONNECTION;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
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
     * From now on nothing is said where standard output is lost, since nothing goes on that it could be about: for what ends
     * where nobody reads it any more, as a program without a handler for SIGPIPE does. {@link PrintStream#checkError} tells,
     * and {@link #lost}.
     */
    public void hush() {
        WatchedOutput.hush(out);
    }

    /** From now on it is said at once: what is done goes on all the same, and matters more than what is told of it. */
    public void goOnWithoutOut() {
        WatchedOutput.tell(out);
    }

    /** Why something is lost that was to be kept, where nobody was told; a reader that has gone wanted no more. */
    public Optional<IOException> lost() {
        return WatchedOutput.untold(out);
    }

    public Style outStyle(@Nullable Boolean color) {
        return Style.of(charset, color(color, outWatcher)).withWidth(width(outWatcher));
    }

    public Style errStyle(@Nullable Boolean color) {
        return Style.of(charset, color(color, errWatcher))
                .withWidth(width(errWatcher))
                .withLines(errWatcher == Watcher.JOURNAL ? Style.Lines.WITH_PRIORITY : Style.Lines.BARE);
    }

    /** Whether a service manager waits to hear of this process (sd_notify(3)). */
    public boolean isService() {
        return !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
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
