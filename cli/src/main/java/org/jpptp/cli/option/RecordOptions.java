package org.jpptp.cli.option;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept of a tunnel, for whoever looks for a fault later. */
public final class RecordOptions {
    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description =
                    "Write what passes to FILE, a pcapng file that is not there yet: outside, and inside in clear.")
    @Nullable
    String capture;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Append the trace of -vv to FILE, with times, whatever is shown. 'jpptp explain' reads it.")
    @Nullable
    String log;

    @Option(
            names = "--anonymous",
            description = "In --capture and --log, replace users, addresses and host names, and cut payloads off.")
    boolean anonymous;

    /** Whether names stay. */
    public enum Names {
        KEPT,
        REPLACED
    }

    /**
     * What is kept.
     *
     * @param capture a file that is not there; null for none
     * @param log null for none
     */
    public record Checked(@Nullable Path capture, @Nullable Path log, Names names) {
        /** Nothing. */
        public static final Checked NOTHING = new Checked(null, null, Names.KEPT);

        /** Whether anything is. */
        public boolean isSomething() {
            return capture != null || log != null;
        }
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    public Checked check() {
        if (anonymous && capture == null && log == null) {
            throw new UsageException("--anonymous says something about --capture and --log, and neither is given.");
        }
        Checked checked =
                new Checked(file("--capture", capture), file("--log", log), anonymous ? Names.REPLACED : Names.KEPT);
        Path captured = checked.capture();
        if (captured != null && Files.exists(captured, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("The file " + captured + " is there already; --capture overwrites nothing.");
        }
        if (captured != null && captured.equals(checked.log())) {
            throw new UsageException("--capture and --log cannot be the same file.");
        }
        return checked;
    }

    /**
     * A capture and nothing else.
     *
     * @param file null for none
     */
    static Checked capturing(@Nullable String file) {
        RecordOptions options = new RecordOptions();
        options.capture = file;
        return options.check();
    }

    private static @Nullable Path file(String option, @Nullable String name) {
        return name == null ? null : GivenPath.ofOutput(option, name);
    }
}
