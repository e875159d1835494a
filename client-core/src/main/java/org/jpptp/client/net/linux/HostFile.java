package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * What a small file of root's holds. It is replaced as a whole: whoever reads it, and whenever we are killed, finds the old
 * one or the new one.
 *
 * @param mode its permissions
 * @param group the number of its group
 * @param content each octet as a character
 */
record HostFile(int mode, int group, String content) {
    static final int MAX_OCTETS = 1 << 15;
    private static final int REGULAR = 0100000;
    /** No set-user-ID and the like, and nothing to be written by just anybody. */
    private static final int PERMISSIONS = 0775;

    /**
     * Reads it.
     *
     * @return empty when there is none
     * @throws IOException when it cannot be read, or is such that we do not replace it: a link, not root's, writable by
     *     everybody, too large
     */
    static Optional<HostFile> read(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
            int mode = number(attributes, "mode");
            if ((mode & ~PERMISSIONS) != REGULAR || number(attributes, "uid") != 0) {
                throw new IOException("it is not a file that only root and its group may write to");
            }
            return Optional.of(new HostFile(mode & PERMISSIONS, number(attributes, "gid"), content(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Integer number ? number : -1;
    }

    private static String content(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > MAX_OCTETS) {
                throw new IOException("it is longer than " + MAX_OCTETS + " octets");
            }
            ByteBuffer octets = ByteBuffer.allocate(MAX_OCTETS);
            while (channel.read(octets) > 0) {
                // until its end
            }
            return new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Puts it in the place of what is there. */
    void replace(Path path) throws IOException {
        Path draft = draft(path);
        clean(path);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS)) {
            Files.setAttribute(draft, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(draft, "unix:mode", mode);
            ByteBuffer octets = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            clean(path);
        }
    }

    /** Removes what {@link #replace} leaves behind when it is killed. */
    static void clean(Path path) throws IOException {
        Path draft = draft(path);
        if (Files.exists(
                draft, LinkOption.NOFOLLOW_LINKS)) { // on a read-only file system even an absent file cannot be deleted
            Files.deleteIfExists(draft);
        }
    }

    private static Path draft(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".jpptp");
    }
}
