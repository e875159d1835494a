package org.jpptp.cli.secret;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Supplier;
import org.jpptp.cli.usage.GivenDescriptor;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;

/** Where the password comes from. */
@FunctionalInterface
public interface PasswordSource {
    /** The environment variable of {@link #environment}. */
    String VARIABLE = "JPPTP_PASSWORD";

    /** All that a password file may permit. */
    Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * Gets the password.
     *
     * @return for the caller to wipe; not empty, at most 256 characters (RFC 2759 §8.3)
     * @throws UsageException when there is none
     */
    char[] read();

    /** The first line of a file that only its owner may read. */
    static PasswordSource file(String path) {
        return () -> {
            Path file = GivenPath.of("the password file", path);
            try {
                if (Files.isDirectory(file)) {
                    throw new UsageException("The password file " + path + " is a directory.");
                }
                checkOwnerOnly(path, Files.getPosixFilePermissions(file));
                try (InputStream in = Files.newInputStream(file)) {
                    return FirstLine.read(in, "The password file " + path);
                }
            } catch (NoSuchFileException e) {
                throw new UsageException("The password file " + path + " does not exist.");
            } catch (IOException | UnsupportedOperationException e) {
                throw new UsageException("The password file " + path + " cannot be read.");
            }
        };
    }

    private static void checkOwnerOnly(String path, Set<PosixFilePermission> permissions) {
        if (!OWNERS.containsAll(permissions)) {
            throw new UsageException(
                    "The password file " + path + " is open to others than its owner; run 'chmod 600 " + path + "'.");
        }
    }

    /**
     * The first line of an open file descriptor, such as a pipe that a script holds.
     *
     * @param option whose it is, without {@code -fd}
     */
    static PasswordSource descriptor(String option, int number, InputStream standardInput) {
        return () -> {
            String what = option + "-fd " + number;
            if (!GivenDescriptor.isOpen(number)) {
                throw new UsageException(what + " is not open"
                        + (number == 0
                                ? "."
                                : "; sudo closes descriptors, so put it in front of what opens them, or use " + option
                                        + "-fd 0."));
            }
            if (number == 0) {
                try {
                    return FirstLine.read(standardInput, what);
                } catch (IOException e) {
                    throw new UsageException(what + " cannot be read.");
                }
            }
            try (InputStream in = Files.newInputStream(GivenDescriptor.path(number))) {
                return FirstLine.read(in, what);
            } catch (IOException e) {
                throw new UsageException(what + " cannot be read.");
            }
        };
    }

    /** A credential that systemd has put where only the service can read it. */
    static PasswordSource credential(Path file) {
        return () -> {
            try (InputStream in = Files.newInputStream(file)) {
                return FirstLine.read(in, "The credential " + file);
            } catch (IOException e) {
                throw new UsageException("The credential " + file + " cannot be read.");
            }
        };
    }

    /**
     * The same characters.
     *
     * @param what names the source in sentences
     * @throws UsageException where they cannot be a password
     */
    static char[] checked(char[] password, String what) {
        return FirstLine.checked(password, what);
    }

    /** The environment, which other programs of the same user can read. */
    static PasswordSource environment(String value) {
        return () -> FirstLine.checked(value.toCharArray(), "The environment variable " + VARIABLE);
    }

    /** A question on the terminal, answered without echo. */
    static PasswordSource prompt(Supplier<@Nullable Console> terminal) {
        return () -> {
            Console console = terminal.get();
            if (console == null) {
                throw new UsageException("There is no terminal to ask for the password on; use --password-file,"
                        + " --password-fd or the environment variable " + VARIABLE + ".");
            }
            char[] password = console.readPassword("Password: ");
            if (password == null) {
                throw new UsageException("No password was given.");
            }
            return FirstLine.checked(password, "The password");
        };
    }

    /** Two questions on the terminal, for a password that is to be. */
    static PasswordSource newPasswordPrompt(Supplier<@Nullable Console> terminal) {
        return () -> {
            Console console = terminal.get();
            if (console == null) {
                throw new UsageException("There is no terminal to ask for the new password on; use --new-password-file"
                        + " or --new-password-fd.");
            }
            char[] password = new TerminalSecrets(console, System.out).newPassword();
            if (password == null) {
                throw new UsageException("No new password was given.");
            }
            return password;
        };
    }
}
