package org.jpptp.cli.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A profile as its file has it.
 *
 * @param name such as {@code office}
 * @param file where it is
 * @param entries its lines, in their order; the password is not among what they hold
 * @param problems what is wrong with its text, by line
 * @param unread whether it may say a key nevertheless, in a line that is not understood
 */
public record Profile(String name, Path file, List<Entry> entries, List<Problem> problems, Predicate<String> unread) {
    public Profile {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** One whose lines are all understood. */
    static Profile of(String name, Path file, List<Entry> entries) {
        return new Profile(name, file, entries, List.of(), key -> false);
    }

    /** The first value of a key. */
    public Optional<String> value(String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    /** What errors call the file. */
    public String shortName() {
        return String.valueOf(file.getFileName());
    }
}
