package org.jpptp.cli.secret;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Passwords on their way from the process that has read them to the one that needs them: through a pipe, which nobody else
 * sees, unlike arguments and environments. Each is its length in two octets and its characters in two octets each.
 */
public final class PasswordPipe {
    private static final int NONE = 0xFFFF;

    private final InputStream in;
    private char @Nullable [] newPassword;
    private boolean read;

    /** The end where they come out. */
    public PasswordPipe(InputStream in) {
        this.in = in;
    }

    /**
     * Puts them in.
     *
     * @param out wiped of by nobody: a pipe of the system's, without a buffer of ours
     * @param changed what an expired one is to be changed to, null for nothing
     */
    public static void write(OutputStream out, char[] password, char @Nullable [] changed) throws IOException {
        write(out, password);
        write(out, changed);
        out.flush();
    }

    private static void write(OutputStream out, char @Nullable [] password) throws IOException {
        if (password == null) {
            out.write(new byte[] {(byte) 0xFF, (byte) 0xFF});
            return;
        }
        ByteBuffer octets = ByteBuffer.allocate(2 + 2 * password.length);
        try {
            octets.putShort((short) password.length);
            for (char character : password) {
                octets.putChar(character);
            }
            out.write(octets.array());
        } finally {
            Arrays.fill(octets.array(), (byte) 0);
        }
    }

    /** The password; once. */
    public char[] password() {
        try {
            DataInputStream data = new DataInputStream(in);
            char[] password = next(data);
            newPassword = next(data);
            read = true;
            if (password == null) {
                throw new EOFException("no password");
            }
            return password;
        } catch (IOException e) {
            throw new UsageException("The password did not come from the process that started this one.");
        }
    }

    private static char @Nullable [] next(DataInputStream data) throws IOException {
        int length = data.readUnsignedShort();
        if (length == NONE) {
            return null;
        }
        if (length > FirstLine.MAX_CHARS) {
            throw new IOException("too long");
        }
        char[] password = new char[length];
        for (int i = 0; i < length; i++) {
            password[i] = data.readChar();
        }
        return password;
    }

    /** What it is to be changed to, after {@link #password}; once. */
    public char[] newPassword() {
        char[] password = newPassword;
        newPassword = null;
        if (!read || password == null) {
            throw new UsageException("The new password did not come from the process that started this one.");
        }
        return password;
    }
}
