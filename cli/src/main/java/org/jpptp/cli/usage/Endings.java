package org.jpptp.cli.usage;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jpptp.client.FailureReason;

/** How a command can end: its exit codes, each with what it means of this command. */
public final class Endings {
    private final Map<Integer, String> meanings = new TreeMap<>();

    private Endings() {}

    /**
     * Those that every command has: each shows something, can be stopped, and may have a defect.
     *
     * @param success what 0 means
     */
    public static Endings of(String success) {
        return new Endings()
                .with(ExitCodes.SUCCESS, success)
                .with(FailureReason.INTERNAL, FailureReason.USAGE)
                .with(FailureReason.HOST_CHANGE_REFUSED, "What it writes cannot be written, as on a full disk.")
                .with(FailureReason.INTERRUPTED, "Stopped by a signal.");
    }

    /** The same of one that calls a server, with all that may keep a tunnel from coming up there. */
    public static Endings ofServer(String success) {
        return of(success)
                .with(FailureReason.NO_PRIVILEGE, FailureReason.NO_LIBRARIES, FailureReason.NAME_UNANSWERED)
                .with(EnumSet.range(FailureReason.NAME_NOT_FOUND, FailureReason.LINK_LOST)
                        .toArray(new FailureReason[0]));
    }

    /** The same of one that brings a tunnel up. */
    public static Endings ofTunnel(String success) {
        return ofServer(success)
                .with(
                        FailureReason.NO_TUN,
                        FailureReason.HOST_CHANGE_REFUSED,
                        FailureReason.NOT_UP_IN_TIME,
                        FailureReason.INTERRUPTED);
    }

    /** And these, in the words that they have everywhere. */
    public Endings with(FailureReason... reasons) {
        for (FailureReason reason : reasons) {
            with(reason, ExitCodes.meaning(reason));
        }
        return this;
    }

    /** And this one, in the command's own words. */
    public Endings with(FailureReason reason, String meaning) {
        return with(reason.exitCode(), meaning);
    }

    /** And a code that is the command's own. */
    public Endings with(int code, String meaning) {
        meanings.put(code, meaning);
        return this;
    }

    /** Ascending, as the help and the manual pages list them. */
    public Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        meanings.forEach((code, meaning) -> list.put(Integer.toString(code), meaning));
        return list;
    }
}
