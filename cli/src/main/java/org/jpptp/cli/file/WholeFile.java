package org.jpptp.cli.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there whole or not at all, for its owner only: it is written beside its place, and gets its name when all of it is on
 * the disk. What stood there is as it was until then.
 */
public final class WholeFile implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Path fresh;
    private final Draft draft;

    private WholeFile(Path file, Path fresh, FileChannel channel) {
        this.file = file;
        this.fresh = fresh;
        this.draft = new Draft(channel);
    }

    /**
     * Begins it.
     *
     * @throws IOException where no file can be made beside it
     */
    public static WholeFile beside(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        Path fresh = Files.createTempFile(folder, ".jpptp-", ".new", OWNER_ONLY);
        fresh.toFile().deleteOnExit(); // a signal ends commands where they stand
        try {
            return new WholeFile(file, fresh, FileChannel.open(fresh, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /**
     * Tries whether there is room for one, and leaves none.
     *
     * @throws IOException where there is not
     */
    public static void probe(Path file) throws IOException {
        try (WholeFile probe = beside(file)) {
            probe.out().write(0);
            probe.draft.finish();
        }
    }

    /** Never refuses what is written: that something was lost is told where the file is to get its name. */
    public OutputStream out() {
        return draft;
    }

    /**
     * It is complete, and gets its name, which nothing has.
     *
     * @throws FileAlreadyExistsException where something has it
     * @throws IOException where not all of it was written; there is no file then
     */
    public void putNew() throws IOException {
        draft.finish();
        try {
            Files.createLink(file, fresh); // unlike a move, it never takes the place of what has come meanwhile
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(fresh, file); // some file systems have one name for each file
        }
    }

    /**
     * It is complete, and takes the place of what stood there.
     *
     * @throws IOException where not all of it was written; what stood there stays
     */
    public void replace() throws IOException {
        draft.finish();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        draft.close();
        Files.deleteIfExists(fresh);
    }

    private static final class Draft extends OutputStream {
        private final FileChannel channel;
        private @Nullable IOException lost;

        Draft(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            ByteBuffer left = ByteBuffer.wrap(octets, offset, length);
            try {
                while (lost == null && left.hasRemaining()) {
                    channel.write(left);
                }
            } catch (IOException e) {
                lost = e;
            }
        }

        void finish() throws IOException {
            if (lost != null) {
                throw lost;
            }
            channel.force(true); // some disks say only now that they are full
            channel.close();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
