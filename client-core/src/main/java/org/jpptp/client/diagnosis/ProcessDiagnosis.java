package org.jpptp.client.diagnosis;

import java.nio.file.Path;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.gre.io.Errno;

/** Why this process cannot be what a tunnel needs. */
public final class ProcessDiagnosis {
    private ProcessDiagnosis() {}

    /**
     * No directory takes the native libraries.
     *
     * @param tried a clause for each, such as {@code /tmp is mounted noexec}
     */
    public static Failure noLibraryDirectory(List<String> tried) {
        return Failure.of(
                FailureReason.NO_LIBRARIES,
                Sentences.told("The program's native libraries can be unpacked nowhere", tried),
                elsewhere());
    }

    /**
     * They were unpacked, and cannot be loaded.
     *
     * @param why not, printable
     */
    public static Failure librariesNotLoaded(Path directory, String why) {
        return Failure.of(
                FailureReason.NO_LIBRARIES,
                "The program's native libraries, unpacked to " + directory + ", cannot be loaded: \""
                        + why.replace('"', '\'') + "\".",
                elsewhere());
    }

    /** The program was started without its launcher, and cannot become one that waits for it. */
    public static Failure notInBackground(String shell, int errno) {
        return Failure.of(
                FailureReason.INTERNAL,
                "The tunnel cannot go into the background: execve of " + shell + " said " + Errno.describe(errno) + ".",
                "Start it by its launcher, the command jpptp.");
    }

    private static Remedy elsewhere() {
        return Remedy.of("Set ")
                .set(Setting.LIBRARY_DIRECTORY)
                .say(" to a directory of yours that can be written to and is not mounted noexec.");
    }
}
