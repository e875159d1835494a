package org.jpptp.cli.option;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What is kept of a tunnel, for whoever looks for a fault later. */
public final class RecordOptions {
    private final Text capture = new Text(
            "--capture",
            "FILE",
            "Write what passes to FILE, a pcapng file that is not there yet: outside, and inside in clear.");

    private final Text log = new Text(
            "--log",
            "FILE",
            "Append the trace of -vv to FILE, with times, whatever is shown. 'jpptp explain' reads it.");

    private final Flag anonymous = new Flag(
            "--anonymous", "In --capture and --log, replace users, addresses and host names, and cut payloads off.");

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

    CommandSpec spec() {
        return Arguments.of(capture, log, anonymous);
    }

    /**
     * Understands it.
     *
     * @throws UsageException for the first argument that is wrong
     */
    public Checked check() {
        if (anonymous.isSet() && !capture.isGiven() && !log.isGiven()) {
            throw new UsageException("--anonymous says something about --capture and --log, and neither is given.");
        }
        return check(file(capture), file(log), anonymous.isSet() ? Names.REPLACED : Names.KEPT);
    }

    private static Checked check(@Nullable Path capture, @Nullable Path log, Names names) {
        Checked checked = new Checked(capture, log, names);
        Path captured = checked.capture();
        if (captured != null && Files.exists(captured, LinkOption.NOFOLLOW_LINKS)) {
            throw Unwritten.there(captured, "--capture");
        }
        if (captured != null && captured.equals(checked.log())) {
            throw new UsageException("--capture and --log cannot be the same file.");
        }
        return checked;
    }

    /**
     * A capture and nothing else.
     *
     * @throws UsageException where it cannot be
     */
    static Checked capturing(Text capture) {
        return check(file(capture), null, Names.KEPT);
    }

    private static @Nullable Path file(Text option) {
        String name = option.value();
        return name == null ? null : GivenPath.ofOutput(option.name(), name);
    }
}
