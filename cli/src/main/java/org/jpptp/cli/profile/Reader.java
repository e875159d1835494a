package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jpptp.cli.profile.OpenFile.Rights;
import org.jpptp.cli.usage.EffectiveUser;
import org.jpptp.cli.usage.UsageException;

/**
 * Reads profiles for a user, who believes no file that a stranger can write: what it says is done with the user's rights. Root
 * believes root's files only, in root's folders.
 *
 * @param uid the user's
 */
record Reader(int uid) {
    /** Who may see the file beside its owner. */
    private static final int ANYBODY_ELSE = 0077;

    /** For the user that this process is. */
    static Reader ofProcess() {
        return new Reader(EffectiveUser.ofProcess());
    }

    boolean isRoot() {
        return uid == EffectiveUser.ROOT;
    }

    /** Who else could see a password in the file. */
    enum Secrecy {
        OWNER_ONLY,
        OPEN
    }

    /** The octets of a file, and whether a password may be in it. */
    static final class Octets {
        private final byte[] octets;
        private final Secrecy secrecy;

        Octets(byte[] octets, Secrecy secrecy) {
            this.octets = octets;
            this.secrecy = secrecy;
        }

        /** These themselves, to be wiped by whoever has read them. */
        byte[] octets() {
            return octets;
        }

        Secrecy secrecy() {
            return secrecy;
        }
    }

    /**
     * Reads a file, and changes nothing.
     *
     * @throws UsageException where it cannot be read, or is not to be believed
     */
    Octets read(Path file) {
        try {
            Path real = real(file);
            try (OpenFile open = OpenFile.of(real)) {
                Rights rights = open.rights();
                check(file, rights);
                checkFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
                checkFolder(Objects.requireNonNull(real.getParent()));
                return new Octets(
                        open.read(ProfileText.MOST_OCTETS),
                        rights.has(ANYBODY_ELSE) ? Secrecy.OPEN : Secrecy.OWNER_ONLY);
            }
        } catch (NoSuchFileException e) {
            throw new UsageException("The profile " + file + " does not exist.");
        } catch (AccessDeniedException e) {
            throw new UsageException("The profile " + file + " may not be read by this user.");
        } catch (IOException | UnsupportedOperationException e) {
            throw new UsageException("The profile " + file + " cannot be read.");
        }
    }

    /** Where the file is, behind symbolic links. */
    private static Path real(Path file) throws IOException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new UsageException("The profile " + file + " is a link that leads to no file.");
        }
        Path real = file.toRealPath();
        BasicFileAttributes attributes =
                Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            throw new UsageException("The profile " + file + " is a directory.");
        }
        if (!attributes.isRegularFile()) {
            // Reading from a pipe could wait for ever.
            throw new UsageException("The profile " + file + " is no regular file.");
        }
        return real;
    }

    private void check(Path file, Rights rights) {
        if (rights.owner() != EffectiveUser.ROOT && rights.owner() != uid) {
            throw new UsageException(
                    "The profile " + file + " belongs to another user, who could change it; run 'chown "
                            + (isRoot() ? "root" : "$USER") + " " + file + "'.");
        }
        if (rights.has(writers())) {
            throw new UsageException(
                    "The profile " + file + " can be written by others than its owner; run 'chmod go-w " + file + "'.");
        }
    }

    private void checkFolder(Path folder) throws IOException {
        Rights rights = Rights.of(folder);
        if (rights.owner() != EffectiveUser.ROOT && rights.owner() != uid) {
            throw new UsageException("The folder " + folder + " belongs to another user, who could put another profile"
                    + " there; use /etc/jpptp.");
        }
        // In a sticky folder only the owner of a file can put another in its place.
        if (rights.has(writers()) && !rights.has(Rights.STICKY)) {
            throw new UsageException("The folder " + folder + " can be written by others than its owner, who could put"
                    + " another profile there; run 'chmod go-w " + folder + "'.");
        }
    }

    /** A user's group is often the user's own; root's is not for others to choose. */
    private int writers() {
        return isRoot() ? Rights.GROUP_WRITES | Rights.OTHERS_WRITE : Rights.OTHERS_WRITE;
    }
}
