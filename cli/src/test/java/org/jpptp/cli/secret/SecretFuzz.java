package org.jpptp.cli.secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jpptp.cli.usage.UsageException;

/** What a password is read from, in the form that jazzer calls: a file's first line, and the pipe between two processes. */
public final class SecretFuzz {
    private SecretFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        char[] password;
        try {
            password = FirstLine.read(new ByteArrayInputStream(data), "The file");
        } catch (UsageException e) {
            kept(e.sentence().startsWith("The file "), "the sentence names the source and nothing of it");
            kept(e.sentence().chars().noneMatch(Character::isISOControl), "nothing steers the terminal");
            password = null;
        }
        if (password != null) {
            kept(
                    password.length > 0 && password.length <= FirstLine.MAX_CHARS,
                    "it is one that the server can be told");
            for (char c : password) {
                kept(c != '\n' && c != '\0', "it is a line of text");
            }
            passesThePipe(password);
        }
        fromThePipe(data);
    }

    private static void passesThePipe(char[] password) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PasswordPipe.write(out, password, password);
        PasswordPipe in = new PasswordPipe(new ByteArrayInputStream(out.toByteArray()));
        kept(Arrays.equals(in.password(), password), "the pipe gives what it was given");
        kept(Arrays.equals(in.newPassword(), password), "and the new one");
    }

    /** Whoever else writes into it is told in a sentence. */
    private static void fromThePipe(byte[] data) {
        try {
            char[] password = new PasswordPipe(new ByteArrayInputStream(data)).password();
            kept(password.length <= FirstLine.MAX_CHARS, "its length is bounded");
        } catch (UsageException e) {
            kept(e.sentence().startsWith("The password did not come"), "it says what did not come");
        }
    }

    private static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }
}
