package org.jpptp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What every launcher reads: all that is in the folder, which packages take whole. */
public final class LauncherParts {
    private static final Path FOLDER = Path.of("../packaging/launcher");

    private LauncherParts() {}

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    public static void copy(Path folder) throws IOException {
        for (String name : names()) {
            Files.copy(FOLDER.resolve(name), folder.resolve(name));
        }
    }
}
