package org.jpptp.cli.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jpptp.cli.usage.UsageException;

/** Reads the password out of a stream, and leaves no copy of it in memory. */
final class FirstLine {
    /** The longest password of MS-CHAPv2, in characters (RFC 2759 §8.3). */
    static final int MAX_CHARS = 256;

    /** No UTF-8 character takes more than three octets for each char. */
    private static final int MAX_OCTETS = MAX_CHARS * 3;

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_BE_MARK = {(byte) 0xFE, (byte) 0xFF};

    private FirstLine() {}

    /**
     * Reads up to the first end of line, LF or CR LF, which is left out, as is the byte order mark that some editors put in
     * front of UTF-8.
     *
     * @param what names the source in sentences
     */
    static char[] read(InputStream in, String what) throws IOException {
        byte[] line = new byte[UTF_8_MARK.length + MAX_OCTETS + 2];
        try {
            int length = 0;
            int octet;
            while ((octet = in.read()) >= 0 && octet != '\n') {
                if (length == line.length) {
                    throw tooLong(what);
                }
                line[length++] = (byte) octet;
            }
            if (length > 0 && octet == '\n' && line[length - 1] == '\r') {
                length--;
            }
            int start = startsWith(line, length, UTF_8_MARK) ? UTF_8_MARK.length : 0;
            for (int i = start; i < length; i++) {
                if (line[i] == 0) {
                    throw notText(line, length, what);
                }
            }
            return checked(decode(ByteBuffer.wrap(line, start, length - start), line, length, what), what);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static char[] decode(ByteBuffer octets, byte[] line, int length, String what) {
        try {
            // A decoder of ours, since it reports what it cannot decode; its buffer is ours to wipe.
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(octets);
            char[] password = new char[chars.remaining()];
            chars.get(password);
            Arrays.fill(chars.array(), '\0');
            return password;
        } catch (CharacterCodingException e) {
            throw notText(line, length, what);
        }
    }

    private static boolean startsWith(byte[] line, int length, byte[] mark) {
        return length >= mark.length && Arrays.equals(line, 0, mark.length, mark, 0, mark.length);
    }

    private static UsageException notText(byte[] line, int length, String what) {
        if (startsWith(line, length, UTF_16_LE_MARK) || startsWith(line, length, UTF_16_BE_MARK)) {
            return new UsageException(what + " is UTF-16; save it as UTF-8.");
        }
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                return new UsageException(what + " holds a NUL, so it is no line of UTF-8.");
            }
        }
        return new UsageException(what + " is not UTF-8.");
    }

    /** The same characters, if they can be a password. */
    static char[] checked(char[] password, String what) {
        if (password.length == 0) {
            throw new UsageException(what + " is empty.");
        }
        if (password.length > MAX_CHARS) {
            Arrays.fill(password, '\0');
            throw tooLong(what);
        }
        for (char c : password) {
            // What Java puts in place of octets that the locale cannot decode: the password would be wrong.
            if (c == '\uFFFD') {
                Arrays.fill(password, '\0');
                throw new UsageException(what + " holds letters that this locale cannot express; set LC_ALL=C.UTF-8.");
            }
        }
        return password;
    }

    private static UsageException tooLong(String what) {
        return new UsageException(what + " is longer than the " + MAX_CHARS + " characters that MS-CHAPv2 takes.");
    }
}
