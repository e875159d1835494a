package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A regular file that is open for reading. Whose it is and who may write it is asked of the descriptor, as by fstat(2), since
 * another file may be at the path by now.
 */
final class OpenFile implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path POSITIONS = Path.of("/proc/self/fdinfo");

    private final FileChannel channel;

    private OpenFile(FileChannel channel) {
        this.channel = channel;
    }

    /** @param file no symbolic link */
    static OpenFile of(Path file) throws IOException {
        return new OpenFile(FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    /** Who owns a file, and what of its mode matters. */
    record Rights(int owner, int mode) {
        static final int GROUP_WRITES = 0020;
        static final int OTHERS_WRITE = 0002;
        static final int STICKY = 01000;

        /** Of what a path leads to. */
        static Rights of(Path path) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode");
            return new Rights(number(attributes, "uid"), number(attributes, "mode"));
        }

        private static int number(Map<String, Object> attributes, String name) {
            return (Integer) Objects.requireNonNull(attributes.get(name), name);
        }

        boolean has(int bits) {
            return (mode & bits) != 0;
        }
    }

    /**
     * Those of the open file. Java does not tell a descriptor's number: it is the one with a position that no other has.
     */
    Rights rights() throws IOException {
        long position = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41);
        channel.position(position);
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(POSITIONS)) {
            for (Path descriptor : descriptors) {
                if (isAt(descriptor, position)) {
                    return Rights.of(DESCRIPTORS.resolve(descriptor.getFileName()));
                }
            }
        } finally {
            channel.position(0);
        }
        throw new IOException("no descriptor is at this position");
    }

    private static boolean isAt(Path descriptor, long position) {
        try {
            return Files.readString(descriptor).startsWith("pos:\t" + position + "\n");
        } catch (IOException gone) {
            // One that somebody else has closed.
            return false;
        }
    }

    /** All that it holds, or one octet more than the most. No copy is left outside of what is returned. */
    byte[] read(int most) throws IOException {
        // A direct one, since Java would copy into one of its own else, and keep that.
        ByteBuffer buffer = ByteBuffer.allocateDirect(most + 1);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // There may be more.
        }
        buffer.flip();
        byte[] octets = new byte[buffer.limit()];
        buffer.get(octets);
        for (int i = 0; i < octets.length; i++) {
            buffer.put(i, (byte) 0);
        }
        return octets;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
