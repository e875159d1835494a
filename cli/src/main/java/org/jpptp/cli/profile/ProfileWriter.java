package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.file.Unwritten;
import org.jpptp.cli.file.WholeFile;
import org.jpptp.cli.usage.UsageException;

/** Writes a profile where there is none: it is there whole or not at all, and only its owner reads it. */
final class ProfileWriter {
    private ProfileWriter() {}

    /**
     * The lines of a profile.
     *
     * @throws UsageException where a value cannot be written in one
     */
    static String text(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(line(entry)).append('\n');
        }
        return text.toString();
    }

    private static String line(Entry entry) {
        return written(entry)
                .orElseThrow(() ->
                        new UsageException("--" + entry.key() + " has a value that cannot be written in a profile."));
    }

    /** Whether a profile can say it. */
    static boolean canBeWritten(Entry entry) {
        return written(entry).isPresent();
    }

    /** The line that is read as this entry: with quotes where it needs them. */
    private static Optional<String> written(Entry entry) {
        return Stream.of(entry.value(), '"' + entry.value() + '"')
                .map(value -> entry.key() + " = " + value)
                .filter(line -> isRead(line, entry))
                .findFirst();
    }

    private static boolean isRead(String line, Entry entry) {
        byte[] octets = (line + "\n").getBytes(StandardCharsets.UTF_8);
        ProfileText.Content content = ProfileText.read(octets);
        if (!content.problems().isEmpty() || content.entries().size() != 1) {
            return false;
        }
        Entry read = content.entries().get(0);
        char[] password = ProfileText.password(octets);
        return read.key().equals(entry.key())
                && (password == null ? read.value() : new String(password)).equals(entry.value());
    }

    /**
     * Writes it.
     *
     * @param folder is made where it is not there
     * @throws UsageException where the file is there already
     * @throws NotWrittenException where it cannot be written
     */
    static void write(Path folder, String name, String text) {
        Path file = folder.resolve(name);
        boolean wasThere = Files.isDirectory(folder);
        try {
            if (!wasThere) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            }
            fill(file, text);
        } catch (FileAlreadyExistsException e) {
            throw Files.isDirectory(folder) ? there(file) : refused(file, e);
        } catch (IOException e) {
            if (!wasThere) {
                takeBack(folder);
            }
            throw refused(file, e);
        }
    }

    /** That its folder is not there is no mistake of whoever named it: it would have been made. */
    private static NotWrittenException refused(Path file, IOException why) {
        return new NotWrittenException(Unwritten.failure("The profile " + file, why));
    }

    private static void fill(Path file, String text) throws IOException {
        try (WholeFile whole = WholeFile.beside(file)) {
            whole.out().write(text.getBytes(StandardCharsets.UTF_8));
            whole.putNew();
        }
    }

    /** A file, or a folder with nothing in it, that was made just now. */
    static void takeBack(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (IOException e) {
            // It is the next one's, or others have put something there.
        }
    }

    static UsageException there(Path file) {
        return new UsageException("There is a profile " + file + " already; choose another name, or remove it.");
    }
}
