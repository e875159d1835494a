package org.jpptp.cli.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.profile.Keys;
import org.jpptp.cli.usage.UsageException;

/**
 * Files of other programs, in the form that jazzer calls: up to the first NUL the file, behind it what it is imported with, the
 * secrets and every file that it names.
 */
public final class ImportFuzz {
    private static final Set<String> KEYS = Set.copyOf(Keys.all().names());
    private static final int LONGEST_SENTENCE = 1000;

    private ImportFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        try {
            String other = end < data.length ? Importer.text(Arrays.copyOfRange(data, end + 1, data.length)) : null;
            Importer importer = new Importer(KEYS, name -> other);
            check(importer.read(Importer.text(Arrays.copyOf(data, end)), other));
        } catch (UsageException e) {
            told(String.valueOf(e.getMessage()));
        }
    }

    private static void check(List<Imported> tunnels) {
        for (Imported tunnel : tunnels) {
            for (Entry entry : tunnel.entries()) {
                kept(KEYS.contains(entry.key()), "each key is one of a profile's");
            }
            tunnel.notes().forEach(note -> told(note.in("a file")));
        }
    }

    private static void told(String sentence) {
        kept(sentence.length() <= LONGEST_SENTENCE, "sentences are short");
        kept(sentence.chars().noneMatch(Character::isISOControl), "nothing steers the terminal");
    }

    private static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }
}
