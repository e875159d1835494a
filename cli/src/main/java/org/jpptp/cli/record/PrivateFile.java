package org.jpptp.cli.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.usage.UsageException;

/** Files that are their user's only: mode 0600, and no symbolic link that somebody has put there. */
public final class PrivateFile {
    private static final Path NOTHING = Path.of("/dev/null");

    /** All that a file may permit. */
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /** One that is not there yet. */
    public static OutputStream create(String option, Path file) {
        try {
            return open(file, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw Unwritten.there(file, option);
        } catch (IOException e) {
            throw cannotBeWritten(option, file, e);
        }
    }

    /** That {@link #create} would make it, as far as can be seen without making it. */
    public static void checkCreate(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw cannotBeWritten(option, file, new NoSuchFileException(file.toString()));
        }
        if (!Files.isWritable(folder)) {
            throw cannotBeWritten(option, file, new AccessDeniedException(file.toString()));
        }
    }

    /** That {@link #append} would write to it, as far as can be seen without writing. */
    public static void checkAppend(String option, Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            close(appendToExisting(option, file, Owners.ofProcess()));
        } else {
            checkCreate(option, file);
        }
    }

    /** Behind what is there: a regular file that is its user's only, or nothing at all, as /dev/null is. */
    static OutputStream append(String option, Path file) {
        return append(option, file, Owners.ofProcess());
    }

    /** @param owners whose files it may be */
    static OutputStream append(String option, Path file, Owners owners) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
            } catch (FileAlreadyExistsException e) {
                // Another has made it meanwhile, such as a second start of the same tunnel.
            } catch (IOException e) {
                throw cannotBeWritten(option, file, e);
            }
        }
        return appendToExisting(option, file, owners);
    }

    private static OutputStream appendToExisting(String option, Path file, Owners owners) {
        // Before it is opened, since to open a pipe for writing would wait for whoever reads it. And then what was
        // opened:
        // nobody can put a file of ours in the place of theirs.
        check(option, file, owners);
        OutputStream out;
        try {
            out = open(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw cannotBeWritten(option, file, e);
        }
        try {
            check(option, file, owners);
            return out;
        } catch (UsageException e) {
            close(out);
            throw e;
        }
    }

    private static void check(String option, Path file, Owners owners) {
        try {
            PosixFileAttributes there =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isRegularFile() && (there.isSymbolicLink() || !Files.isSameFile(file, NOTHING))) {
                throw new UsageException("The file " + file + " of " + option + " is no regular file.");
            }
            if (there.isRegularFile() && !OWNERS.containsAll(there.permissions())) {
                throw new UsageException("The file " + file + " of " + option
                        + " is open to others than its owner; run 'chmod 600 " + file + "'.");
            }
            if (there.isRegularFile() && !owners.own(file)) {
                throw new UsageException("The file " + file + " of " + option
                        + " belongs to another user, who would read it; name another one.");
            }
        } catch (IOException e) {
            throw cannotBeWritten(option, file, e);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // Nothing was written.
        }
    }

    private static OutputStream open(Path file, OpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(StandardOpenOption.WRITE);
        options.add(LinkOption.NOFOLLOW_LINKS);
        return Channels.newOutputStream(FileChannel.open(
                file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    static RuntimeException cannotBeWritten(String option, Path file, IOException e) {
        return Unwritten.because("The file " + file + " of " + option, file, e);
    }
}
