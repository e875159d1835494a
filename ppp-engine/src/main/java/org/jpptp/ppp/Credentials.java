package org.jpptp.ppp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user's name and password. The password is held as characters so that {@link #wipe} can erase it.
 *
 * <p>It has no {@code toString} that shows the password.
 */
public final class Credentials {
    private final String name;
    private final char[] password;
    private final char @Nullable [] newPassword;

    /**
     * @param name as it is sent, with {@code DOMAIN\} where there is one
     * @param password copied; the caller wipes its own
     */
    public Credentials(String name, char[] password) {
        this(name, password, null);
    }

    /**
     * @param name as it is sent, with {@code DOMAIN\\} where there is one
     * @param password copied; the caller wipes its own
     * @param newPassword what an expired password is to be changed to, null for not at all; copied
     */
    public Credentials(String name, char[] password, char @Nullable [] newPassword) {
        this.name = name;
        this.password = password.clone();
        this.newPassword = newPassword == null ? null : newPassword.clone();
    }

    /** The name as it is sent to the peer, with its domain. */
    public String name() {
        return name;
    }

    /** The name without {@code DOMAIN\}, which is what MS-CHAPv2 hashes (RFC 2759 §8.2). */
    public String nameWithoutDomain() {
        return name.substring(name.lastIndexOf('\\') + 1);
    }

    /** The password itself, not a copy: callers neither keep nor change it. */
    public char[] password() {
        return password;
    }

    /** What an expired password is to be changed to, null for not at all; not a copy. */
    public char @Nullable [] newPassword() {
        return newPassword;
    }

    /** Overwrites the passwords. */
    public void wipe() {
        Arrays.fill(password, '\0');
        if (newPassword != null) {
            Arrays.fill(newPassword, '\0');
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + name + "]";
    }
}
