package org.jpptp.client.hook.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a program may be run with the rights of this process: nobody but root and the process's own user could have put
 * another one in its place.
 */
public final class HookFile {
    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final Pattern EFFECTIVE_UID = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");

    private final int uid;

    /** @param uid of the process */
    public HookFile(int uid) {
        this.uid = uid;
    }

    /** By whose right this process runs. */
    public static int uidOfThisProcess() {
        try {
            Matcher uid = EFFECTIVE_UID.matcher(Files.readString(Path.of("/proc/self/status")));
            return uid.find() ? Integer.parseInt(uid.group(1)) : ROOT;
        } catch (IOException e) {
            return ROOT; // which is the stricter one
        }
    }

    /** Why it must not be run, a clause; empty where it may. */
    public Optional<String> objection(Path program) {
        try {
            Path real = program.toRealPath();
            if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
                return Optional.of("it is no program that can be run");
            }
            // The way to a link, and the way from there.
            Optional<String> way = ofTheWay(program.toAbsolutePath().normalize());
            return way.isPresent() ? way : ofTheWay(real);
        } catch (NoSuchFileException e) {
            return Optional.of("it does not exist");
        } catch (IOException e) {
            String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
            return Optional.of(reason == null ? "it cannot be looked at" : reason);
        }
    }

    private Optional<String> ofTheWay(Path path) throws IOException {
        for (Path each = path; each != null; each = each.getParent()) {
            if (!isOnlyOurs(each, each.equals(path))) {
                return Optional.of((each.equals(path) ? "it" : each.toString()) + " could be changed by others than "
                        + (uid == ROOT ? "root" : "root and this user"));
            }
        }
        return Optional.empty();
    }

    private boolean isOnlyOurs(Path path, boolean program) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return true; // whoever could change it could change the directory that it is in
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        int owner = attributes.get("uid") instanceof Integer number ? number : -1;
        int mode = attributes.get("mode") instanceof Integer number ? number : WRITABLE_BY_OTHERS;
        // In a directory such as /tmp others cannot take away what is not theirs.
        boolean closed = (mode & WRITABLE_BY_OTHERS) == 0 || (!program && (mode & STICKY) != 0);
        return closed && (owner == ROOT || owner == uid);
    }
}
