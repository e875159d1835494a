package org.jpptp.cli.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jpptp.cli.usage.EffectiveUser;

/**
 * Whose files are this user's own: the process's user's; for root also those of whoever became root, who is told of by sudo(8),
 * and by the kernel where the log-in was by PAM.
 *
 * @param users their numbers
 */
record Owners(Set<Integer> users) {
    Owners {
        users = Set.copyOf(users);
    }

    static Owners ofProcess() {
        return of(EffectiveUser.ofProcess(), login(), System.getenv());
    }

    /**
     * The same of what was read.
     *
     * @param user of the process
     * @param login the number of the user who has logged in; another number where nobody has
     */
    static Owners of(int user, String login, Map<String, String> environment) {
        Set<Integer> users = new HashSet<>(Set.of(user));
        if (user == EffectiveUser.ROOT) {
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
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : EffectiveUser.ROOT;
    }

    private static String login() {
        try {
            return Files.readString(Path.of("/proc/self/loginuid"));
        } catch (IOException e) {
            return "";
        }
    }
}
