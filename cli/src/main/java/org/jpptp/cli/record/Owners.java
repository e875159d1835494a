package org.jpptp.cli.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose files are this user's own: the process's user's; for root also those of whoever became root, who is told of by sudo(8),
 * and by the kernel where the log-in was by PAM.
 *
 * @param users their numbers
 */
record Owners(Set<Integer> users) {
    private static final int ROOT = 0;
    private static final Pattern EFFECTIVE_UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");

    Owners {
        users = Set.copyOf(users);
    }

    static Owners ofProcess() {
        return of(read("/proc/self/status"), read("/proc/self/loginuid"), System.getenv());
    }

    /**
     * The same of what was read.
     *
     * @param status what proc(5) tells of a process
     * @param login the number of the user who has logged in; another number where nobody has
     */
    static Owners of(String status, String login, Map<String, String> environment) {
        // Not the owner of /proc/self: that is root as soon as the process allows no core dump.
        Matcher effective = EFFECTIVE_UID.matcher(status);
        int user = effective.find() ? number(effective.group(1)) : ROOT;
        Set<Integer> users = new HashSet<>(Set.of(user));
        if (user == ROOT) {
            users.add(number(login.strip()));
            users.add(number(environment.getOrDefault("SUDO_UID", "")));
        }
        return new Owners(users);
    }

    /** Whether one of them owns the file; not where a link leads. */
    boolean own(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS) instanceof Integer owner
                && users.contains(owner);
    }

    /** Root's, who is one of them anyway, where it is none. */
    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : ROOT;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
