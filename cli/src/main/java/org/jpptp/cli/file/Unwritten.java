package org.jpptp.cli.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;

/**
 * What is said of a file that was not written. Whoever named one that cannot be has made a mistake; a disk that is full, or a place that
 * may not be written to, is this machine's affair.
 */
public final class Unwritten {
    private Unwritten() {}

    /** Something is there, and stays. */
    public static UsageException there(Path file, String option) {
        return new UsageException("The file " + file + " is there already; " + option + " overwrites nothing.");
    }

    /**
     * The system has refused it.
     *
     * @param what the file, as a sentence begins with it
     * @return what is to be thrown
     */
    public static RuntimeException because(String what, Path file, IOException why) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder) || !isKnown(folder)
                ? new NotWrittenException(failure(what, why))
                : new UsageException(what + " cannot be written: there is no such directory.");
    }

    /** Whether the system says what is there: below a folder that is closed to this user, it does not. */
    private static boolean isKnown(Path folder) {
        return Files.exists(folder) || Files.notExists(folder);
    }

    /** The same where something else was done all the same. */
    public static Failure failure(String what, IOException why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                what + " cannot be written: " + SystemReason.of(why) + ".",
                "Name another place, or make room there if it is full.");
    }
}
