package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jpptp.gre.io.Errno;

/**
 * What a small file of root's holds, or where a link leads. It is replaced as a whole: whoever reads it, and whenever we are
 * killed, finds the old one or the new one. What is mounted there, as in a container, cannot be replaced, and is written
 * over.
 *
 * @param mode its permissions, or {@link #LINK}
 * @param group the number of its group
 * @param content each octet as a character; of a link the path that it leads to
 */
record HostFile(int mode, int group, String content) {
    static final int MAX_OCTETS = 1 << 15;
    /** Instead of permissions: a symbolic link has none. */
    static final int LINK = 0120000;

    private static final int REGULAR = 0100000;
    private static final int TYPE = 0170000;
    /** What the system says of a file that something is mounted on. */
    private static final String BUSY = Errno.EBUSY.words();
    /** No set-user-ID and the like, and nothing to be written by just anybody. */
    private static final int PERMISSIONS = 0775;

    /**
     * Reads it.
     *
     * @return empty when there is none
     * @throws IOException when it cannot be read, or is such that we do not replace it: not root's, writable by
     *     everybody, too large
     */
    static Optional<HostFile> read(Path path) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
            int mode = number(attributes, "mode");
            if ((mode & TYPE) == LINK && number(attributes, "uid") == 0) {
                return Optional.of(
                        new HostFile(LINK, 0, Files.readSymbolicLink(path).toString()));
            }
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
        try {
            if (mode == LINK) {
                Files.createSymbolicLink(draft, Path.of(content));
            } else {
                write(draft);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (mode == LINK || !BUSY.equals(e.getReason())) {
                throw e;
            }
            overwrite(path);
        } finally {
            clean(path);
        }
    }

    private void write(Path draft) throws IOException {
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS)) {
            Files.setAttribute(draft, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(draft, "unix:mode", mode);
            fill(channel, content);
        }
    }

    /** What was there comes back where there is no room for what is new. */
    private void overwrite(Path path) throws IOException {
        String before = content(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            try {
                overwrite(channel, content);
            } catch (IOException e) {
                channel.position(0);
                overwrite(channel, before);
                throw e;
            }
        }
    }

    /** First what is new, then an end to it: {@link #isHalfWritten} knows what is between. */
    private static void overwrite(FileChannel channel, String text) throws IOException {
        fill(channel, text);
        channel.truncate(text.length());
        channel.force(true);
    }

    private static void fill(FileChannel channel, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
        channel.force(true);
    }

    /** Whether a file holds this where one was written over the other, and the process was killed meanwhile. */
    boolean isHalfWritten(String before, String written) {
        return mode != LINK
                && before.length() > written.length()
                && content.equals(written + before.substring(written.length()));
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
