package org.jpptp.cli.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** With whose rights this process works: the number of its effective user. */
public final class EffectiveUser {
    /** Also where nobody knows. */
    public static final int ROOT = 0;

    private static final Pattern LINE = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");

    private EffectiveUser() {}

    /** Not the owner of /proc/self: that is root as soon as the process allows no core dump. */
    public static int ofProcess() {
        try {
            return of(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException e) {
            return ROOT;
        }
    }

    /** The same, from the text of {@code /proc/PID/status}. */
    static int of(String status) {
        Matcher user = LINE.matcher(status);
        return user.find() ? Integer.parseInt(user.group(1)) : ROOT;
    }
}
