package org.jpptp.cli.usage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as users give them, in arguments, profiles and the environment. */
public final class GivenPath {
    private static final String STANDARD_STREAM = "-";

    /** What Java puts in place of octets that it cannot decode. */
    private static final char LOST = '\uFFFD';

    private GivenPath() {}

    /**
     * The path that a text is.
     *
     * @param what is at it, such as {@code the file} or the name of an option
     * @throws UsageException where Java cannot name it to the system
     */
    public static Path of(String what, String text) {
        return of(what, text, System.getProperty("user.dir", ""));
    }

    static Path of(String what, String text, String workingDirectory) {
        Path path = parsed(text)
                .orElseThrow(() -> new UsageException("The path of " + what
                        + (text.indexOf('\0') >= 0
                                ? " holds a NUL."
                                : " holds characters that this locale cannot express; set LC_ALL=C.UTF-8.")));
        if (!path.isAbsolute() && workingDirectory.indexOf(LOST) >= 0) {
            // Java makes an absolute one of it by a name that is not there.
            throw new UsageException("The path of " + what
                    + " begins in a directory whose name this locale cannot express;" + " set LC_ALL=C.UTF-8.");
        }
        return path;
    }

    /**
     * The path of a file that is to be written.
     *
     * @param option whose value it is
     * @throws UsageException also where it names no file
     */
    public static Path ofOutput(String option, String text) {
        if (text.isBlank() || text.equals(STANDARD_STREAM) || text.indexOf('\0') >= 0) {
            throw new UsageException(option + " takes the name of a file, not '" + Numbers.shown(text) + "'.");
        }
        return of(option, text);
    }

    /** The absolute path that a variable of the environment has; empty where it has none that can be used. */
    public static Optional<Path> ofVariable(String value) {
        return value.startsWith("/") ? parsed(value) : Optional.empty();
    }

    private static Optional<Path> parsed(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
