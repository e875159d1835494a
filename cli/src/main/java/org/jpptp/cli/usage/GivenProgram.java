package org.jpptp.cli.usage;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A program as users name it, found as a shell finds it. */
public final class GivenProgram {
    /** Whether it can be run. */
    public enum Found {
        RUNNABLE,
        /** There is a file of this name, and it may not be run. */
        NOT_RUNNABLE,
        ABSENT
    }

    private GivenProgram() {}

    /**
     * Looks for it.
     *
     * @param word a path, which has a slash, or a name that is looked for
     * @param path the directories, as in the variable PATH; an empty one is that of this process
     */
    public static Found find(String word, String path) {
        if (word.indexOf('/') >= 0) {
            return at(word);
        }
        Found found = Found.ABSENT;
        for (String folder : path.split(":", -1)) {
            Found here = word.isEmpty() ? Found.ABSENT : at((folder.isEmpty() ? "." : folder) + "/" + word);
            if (here == Found.RUNNABLE) {
                return here;
            }
            found = here == Found.ABSENT ? found : here;
        }
        return found;
    }

    private static Found at(String text) {
        Optional<Path> file = parsed(text);
        if (file.isEmpty()) {
            return Found.RUNNABLE; // the system has another name for it than Java, and will tell
        }
        if (!Files.exists(file.get())) {
            return Found.ABSENT;
        }
        return Files.isRegularFile(file.get()) && Files.isExecutable(file.get()) ? Found.RUNNABLE : Found.NOT_RUNNABLE;
    }

    private static Optional<Path> parsed(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notOfThisLocale) {
            return Optional.empty();
        }
    }
}
