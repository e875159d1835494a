package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;

/**
 * Finds profiles by their names: those of the machine in /etc/jpptp, a user's own in ~/.config/jpptp. Root looks at the
 * machine's first, others at their own.
 */
public final class Profiles {
    /** The machine's, unless {@link #VARIABLE} says otherwise. */
    public static final Path SYSTEM = Path.of("/etc/jpptp");

    /** Set by systemd for a unit with ConfigurationDirectory=. */
    private static final String VARIABLE = "CONFIGURATION_DIRECTORY";

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
        return new Profiles(folders(environment, reader), reader);
    }

    static List<Path> folders(Map<String, String> environment, Reader reader) {
        List<Path> folders = new ArrayList<>(own(environment).stream().toList());
        folders.add(reader.isRoot() ? 0 : folders.size(), machine(environment));
        return folders;
    }

    private static Path machine(Map<String, String> environment) {
        String folder = environment.getOrDefault(VARIABLE, "").replaceFirst(":.*", "");
        return GivenPath.ofVariable(folder).orElse(SYSTEM);
    }

    /**
     * The user's folder; the XDG Base Directory Specification ignores a relative one. One that cannot be expressed in this locale
     * is as good as none: it may be of no matter.
     */
    private static Optional<Path> own(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        return config.startsWith("/")
                ? GivenPath.ofVariable(config + "/jpptp")
                : home.startsWith("/") ? GivenPath.ofVariable(home + "/.config/jpptp") : Optional.empty();
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
                ? Optional.of(read(GivenPath.of("the profile", nameOrPath)))
                : locate(nameOrPath).map(this::read);
    }

    /**
     * The same.
     *
     * @throws UsageException also where there is none
     */
    public Profile require(String nameOrPath) {
        return find(nameOrPath).orElseThrow(() -> absent(nameOrPath));
    }

    /** That there is no profile of this name. */
    public UsageException absent(String name) {
        return new UsageException("There is no profile '" + Numbers.shown(name) + "' in " + places() + ".");
    }

    /**
     * That a profile can be made that has this name.
     *
     * @throws UsageException where it is no name, or another profile's
     */
    public void checkFree(String name) {
        if (!isName(name)) {
            throw new UsageException("A profile's name is 1 to 32 letters, digits, dashes and underscores, not '"
                    + Numbers.shown(name) + "'.");
        }
        locate(name).ifPresent(file -> {
            throw ProfileWriter.there(file);
        });
    }

    /**
     * Makes a profile in the user's folder, root's for the machine.
     *
     * @return where it is
     * @throws UsageException where there is one of this name already
     * @throws NotWrittenException where it cannot be written
     */
    public Path save(String name, List<Entry> entries) {
        return save(name, ProfileWriter.text(entries));
    }

    /** The same with its text. */
    public Path save(String name, String text) {
        checkFree(name);
        checkLength(text);
        Path folder = folders.get(0);
        ProfileWriter.write(folder, name + SUFFIX, text);
        return folder.resolve(name + SUFFIX);
    }

    /**
     * The same with several, by their names: all of them, or none.
     *
     * @return where each is
     */
    public Map<String, Path> saveAll(Map<String, String> texts) {
        Map<String, Path> saved = new LinkedHashMap<>();
        try {
            texts.forEach((name, text) -> saved.put(name, save(name, text)));
            return saved;
        } catch (UsageException | NotWrittenException e) {
            saved.values().forEach(ProfileWriter::takeBack);
            throw e;
        }
    }

    /**
     * That a profile of this text can be read again.
     *
     * @throws UsageException where it is too long
     */
    public static void checkLength(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > ProfileText.MOST_OCTETS) {
            throw new UsageException("The profile would be longer than the " + ProfileText.MOST_OCTETS
                    + " octets that a profile may have.");
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
            return new Profile(name(file), file, content.entries(), problems, content.unread());
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
