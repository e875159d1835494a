package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jpptp.cli.usage.UsageException;

/** Writes a profile where there is none: it is there whole or not at all, and only its owner reads it. */
final class ProfileWriter {
    private static final String OWNER_ONLY = "rw-------";

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
     * @throws UsageException where the file is there already, or cannot be written
     */
    static void write(Path folder, String name, String text) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            }
            Path fresh = folder.resolve("." + name + "."
                    + Long.toHexString(ThreadLocalRandom.current().nextLong()));
            try {
                fill(fresh, text);
                name(file, fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new UsageException("The profile " + file + " cannot be written.");
        }
    }

    /** Unlike a move, a second name never takes the place of a file that is there. */
    private static void name(Path file, Path fresh) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw there(file);
        }
    }

    static UsageException there(Path file) {
        return new UsageException("There is a profile " + file + " already; choose another name, or remove it.");
    }

    private static void fill(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))) {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
    }
}
