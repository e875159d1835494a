package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The directory in which each tunnel keeps its {@link UndoJournal}, read by whoever needs to know what the tunnels of others
 * have changed. What is not this user's only counts as not there.
 */
record JournalFolder(Path path) {
    static final String SUFFIX = ".journal";
    /** Of a file that is not complete yet. */
    static final String NEW = ".new";

    private static final int MAX_OCTETS = 1 << 20;
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    /** That of a journal. */
    static JournalFolder of(Path journal) {
        return new JournalFolder(journal.resolveSibling(""));
    }

    /**
     * Makes it where it is not there.
     *
     * @throws IOException when it is not safe
     */
    void prepare() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!isOurs(path, FOLDER)) {
            throw new IOException("the directory is another user's, or others may write to it");
        }
    }

    /**
     * Tries whether a journal can be written, and leaves none.
     *
     * @throws IOException when it cannot, or the directory is not safe
     */
    void probe() throws IOException {
        prepare();
        Path probe = Files.createTempFile(path, "probe-", NEW);
        try {
            Files.write(probe, new byte[1]);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** The journals whose tunnels are dead. */
    List<String> leftBehind() {
        List<String> dead = new ArrayList<>();
        for (Path file : journals()) {
            try {
                if (isOurs(file)
                        && read(file).owner().filter(JournalOwner::isAlive).isEmpty()) {
                    dead.add(file.toString());
                }
            } catch (IOException e) {
                // It was removed meanwhile, or cannot be read: nothing is known of it.
            }
        }
        return dead;
    }

    /** Whether a living tunnel's journal has a line that begins with these words. */
    boolean isInUse(String words) {
        for (Path file : journals()) {
            try {
                JournalText text = isOurs(file) ? read(file) : JournalText.parse("");
                if (text.owner().filter(JournalOwner::isAlive).isPresent()
                        && text.changes().stream()
                                .anyMatch(change -> change.line().startsWith(words + " "))) {
                    return true;
                }
            } catch (IOException e) {
                // It was removed meanwhile, or cannot be read: nothing is known of it.
            }
        }
        return false;
    }

    /** Whether another journal than this one, of a tunnel in the same namespace, says the same. */
    boolean isShared(Path own, Change change, long namespace) {
        for (Path file : journals()) {
            try {
                if (!file.getFileName().equals(own.getFileName()) && isOurs(file)) {
                    JournalText text = read(file);
                    if (text.owner()
                                    .filter(owner -> owner.namespace() == namespace)
                                    .isPresent()
                            && text.changes().stream()
                                    .anyMatch(other -> other.line().equals(change.line()))) {
                        return true;
                    }
                }
            } catch (IOException e) {
                // It was removed meanwhile, or cannot be read: nothing that we could keep for it.
            }
        }
        return false;
    }

    /** Empty where the directory is absent, or not this user's only. */
    List<Path> journals() {
        try {
            if (!isOurs(path, FOLDER)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(path)) {
                return files.filter(file -> file.toString().endsWith(SUFFIX))
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * What a journal says.
     *
     * @throws IOException when it cannot be read, or a later version of this program wrote it
     */
    static JournalText read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer octets = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_OCTETS));
            while (octets.hasRemaining() && channel.read(octets) >= 0) {
                // until full
            }
            String text = new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
            if (JournalText.isOfLaterVersion(text)) {
                throw new IOException("a later version of this program wrote it");
            }
            return JournalText.parse(text);
        }
    }

    /** Whether it is a file that nobody else could have written. */
    static boolean isOurs(Path file) throws IOException {
        return isOurs(file, REGULAR);
    }

    private static boolean isOurs(Path path, int type) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return Integer.valueOf(JournalPlace.uid()).equals(attributes.get("uid"))
                && attributes.get("mode") instanceof Integer mode
                && (mode & FILE_TYPE) == type
                && (mode & WRITABLE_BY_OTHERS) == 0;
    }
}
