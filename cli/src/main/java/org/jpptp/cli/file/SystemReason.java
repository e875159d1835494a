package org.jpptp.cli.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Why the system does not do what is wanted of a file, as a clause. */
public final class SystemReason {
    private SystemReason() {}

    public static String of(IOException why) {
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (why instanceof FileSystemException refused) {
            // Its message begins with the name of the file, which may be one of ours that nobody knows.
            String reason = refused.getReason();
            return reason == null ? "no file can be made there" : reason;
        }
        String text = String.valueOf(why.getMessage());
        return text.substring(text.lastIndexOf(": ") < 0 ? 0 : text.lastIndexOf(": ") + 2);
    }
}
