package org.jpptp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The descriptors that this process has open. */
public final class OpenDescriptors {
    private OpenDescriptors() {}

    /** The number of the one that leads to a file. */
    public static int of(Path file) throws IOException {
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                if (Files.exists(link) && Files.isSameFile(link, file)) {
                    return Integer.parseInt(link.getFileName().toString());
                }
            }
        }
        throw new AssertionError("not open");
    }
}
