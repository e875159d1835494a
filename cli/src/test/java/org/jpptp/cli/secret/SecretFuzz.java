package org.jpptp.cli.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jpptp.cli.usage.UsageException;

/** What a password is read from, in the form that jazzer calls: a file's first line. */
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
        }
    }

    private static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }
}
