package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.User;
import org.jpptp.gre.io.Errno;

/** Where the undo journals of a user are: in a directory of the user's own that a boot empties, like the changes. */
final class JournalPlace {
    private static final Path ROOTS = Path.of("/run/jpptp");
    /** {@code RuntimeDirectory=} of jpptp@.service. */
    private static final Path SERVICES = Path.of("/run/jpptp-service");

    private static final Pattern EFFECTIVE_UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");
    private static final Pattern EFFECTIVE_GID = Pattern.compile("(?m)^Gid:\\s+\\d+\\s+(\\d+)\\s");

    private JournalPlace() {}

    /** Where root's are of changes that outlast a boot. */
    static final Path LASTING = Path.of("/var/lib/jpptp");

    /** The directory of this process's user. */
    static Path ofProcess() {
        return of(uid(), System.getenv());
    }

    /**
     * The directory of a user. Root's is always the same, so that each start finds what the one before it left; another
     * user's is what systemd made for the service, or for the session.
     */
    static Path of(int uid, Map<String, String> environment) {
        String service = environment.getOrDefault("RUNTIME_DIRECTORY", "").replaceFirst(":.*", "");
        String session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (uid == 0 || !(service + session).startsWith("/")) {
            return ROOTS;
        }
        try {
            return service.startsWith("/") ? Path.of(service) : Path.of(session, "jpptp");
        } catch (InvalidPathException notOfThisLocale) {
            // As if it were not set: what cannot be written there says so.
            return ROOTS;
        }
    }

    /** Those of the services, which run as a user of their own: root sees them. */
    static List<Path> others(int uid) {
        return uid == 0 ? List.of(SERVICES) : List.of();
    }

    static User user() {
        return uid() == 0 ? User.ROOT : User.ANOTHER;
    }

    /** Not the owner of {@code /proc/self}: that is root's as soon as the process allows no core dump. */
    static int uid() {
        return effective(EFFECTIVE_UID);
    }

    static int gid() {
        return effective(EFFECTIVE_GID);
    }

    private static int effective(Pattern line) {
        try {
            Matcher id = line.matcher(Files.readString(Path.of("/proc/self/status")));
            return id.find() ? Integer.parseInt(id.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Why the file system refused, without the name of the file, which may be one of ours that nobody knows. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return Errno.EACCES.words();
        }
        if (e instanceof NoSuchFileException) {
            return Errno.ENOENT.words();
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is no directory";
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return IpCommand.printable(refused.getReason());
        }
        return IpCommand.printable(String.valueOf(e.getMessage()));
    }
}
