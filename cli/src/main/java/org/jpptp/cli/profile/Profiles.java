package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.UsageException;

/**
 * Finds profiles by their names: those of the machine in /etc/jpptp, a user's own in ~/.config/jpptp. Root looks at the
 * machine's first, others at their own.
 */
public final class Profiles {
    /** The machine's. */
    public static final Path SYSTEM = Path.of("/etc/jpptp");

    private static final String SUFFIX = ".conf";

    /** Without a dot or a colon, which servers have; and short enough for a socket's path and a unit's name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    private final List<Path> folders;
    private final Reader reader;

    /** @param folders in the order in which they are looked at */
    Profiles(List<Path> folders, Reader reader) {
        this.folders = List.copyOf(folders);
        this.reader = reader;
    }

    /** Those that this process's user has. */
    public static Profiles of(Map<String, String> environment) {
        Reader reader = Reader.ofProcess();
        List<Path> folders = new ArrayList<>(own(environment).stream().toList());
        folders.add(reader.isRoot() ? 0 : folders.size(), SYSTEM);
        return new Profiles(folders, reader);
    }

    /** The user's folder; the XDG Base Directory Specification ignores a relative one. */
    private static Optional<Path> own(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (config.startsWith("/")) {
            return Optional.of(Path.of(config, "jpptp"));
        }
        return home.startsWith("/") ? Optional.of(Path.of(home, ".config", "jpptp")) : Optional.empty();
    }

    /** Whether a profile can have this name: no server with a dot, a colon or a slash is taken for one. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether this is the path of a file: it begins as no server does. */
    public static boolean isPath(String text) {
        return text.startsWith("/") || text.startsWith("./") || text.startsWith("../");
    }

    /** Where profiles are looked for, in this order. */
    public List<Path> folders() {
        return folders;
    }

    /** The same, for a sentence. */
    public String places() {
        return folders.stream().map(Path::toString).collect(Collectors.joining(" or "));
    }

    /** Where a profile of this name is; empty for none. */
    public Optional<Path> locate(String name) {
        return isName(name)
                ? folders.stream()
                        .map(folder -> folder.resolve(name + SUFFIX))
                        .filter(Profiles::isThere)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isThere(Path file) {
        // A link that leads nowhere is there, too: it is to be told, and not passed over.
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The profile of a name, or at the path of a file; empty where there is none of this name.
     *
     * @throws UsageException where there is one that cannot be read, or is not to be believed
     */
    public Optional<Profile> find(String nameOrPath) {
        return isPath(nameOrPath)
                ? Optional.of(read(path(nameOrPath)))
                : locate(nameOrPath).map(this::read);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("The path of the profile holds characters that this locale cannot express.");
        }
    }

    /** Reads a profile; what is wrong with its lines is in it. */
    public Profile read(Path file) {
        Reader.Octets read = reader.read(file);
        try {
            ProfileText.Content content = ProfileText.read(read.octets());
            List<Problem> problems = new ArrayList<>(content.problems());
            if (read.secrecy() == Reader.Secrecy.OPEN) {
                content.entries().stream()
                        .filter(entry -> entry.key().equals(ProfileText.PASSWORD))
                        .forEach(entry -> problems.add(new Problem(
                                entry.line(),
                                "the password can be seen by others than the owner of the file; run 'chmod 600 " + file
                                        + "'.")));
            }
            problems.sort(Problem.BY_LINE);
            return new Profile(name(file), file, content.entries(), problems);
        } finally {
            Arrays.fill(read.octets(), (byte) 0);
        }
    }

    /** The password that a profile has: it is read when it is asked for, and kept nowhere. */
    PasswordSource password(Path file) {
        return () -> {
            Reader.Octets read = reader.read(file);
            try {
                char[] password = read.secrecy() == Reader.Secrecy.OPEN ? null : ProfileText.password(read.octets());
                if (password == null) {
                    throw new UsageException("The profile " + file + " has lost its password while it was read.");
                }
                return PasswordSource.checked(password, "The password in " + file);
            } finally {
                Arrays.fill(read.octets(), (byte) 0);
            }
        };
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Every name that there is, in the order of the alphabet. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(SUFFIX))
                        .map(Profiles::name)
                        .filter(Profiles::isName)
                        .forEach(names::add);
            } catch (IOException nobodyHasMadeIt) {
                // Or it is not for this user to see.
            }
        }
        return List.copyOf(names);
    }
}
