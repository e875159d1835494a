package org.jpptp.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The terminal that the process was started from, if any: once it is closed, nobody is there any more who could end the
 * process.
 */
final class ControllingTerminal {
    /** Stands for the terminal of whoever opens it, and cannot be opened without one (tty(4)). */
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Path path;
    private final boolean was;

    ControllingTerminal() {
        this(TERMINAL);
    }

    /** @param path can be opened as long as there is one */
    ControllingTerminal(Path path) {
        this.path = path;
        this.was = isThere(path);
    }

    /** Whether there was one, and is none now. */
    boolean isGone() {
        return was && !isThere(path);
    }

    private static boolean isThere(Path path) {
        try {
            Files.newInputStream(path).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
