package org.jpptp.cli.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.client.TunnelEvent;

/**
 * The traces of the last tunnels that failed, one for each name, beside the sockets: a file of its user's only, which a boot
 * removes.
 */
public final class LastTrace {
    private static final String SUFFIX = ".trace";
    private static final int MOST_OCTETS = 1 << 20;

    private final Optional<Path> directory;

    /** @param directory of the sockets; empty where there is none */
    public LastTrace(Optional<Path> directory) {
        this.directory = directory;
    }

    /** What is kept of a tunnel, and when it ended. */
    public record Kept(TunnelName name, FileTime time, List<String> lines) {}

    /** A tunnel has ended; where it failed, its trace stays. Whoever cannot write it there has lost little. */
    public void keep(String name, TunnelEvent.Ended ended, TraceRing ring) {
        if (ended.failure() == null || directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return;
        }
        Optional<TunnelName> valid = TunnelName.of(name);
        if (valid.isPresent()) {
            Path file = file(directory.get(), valid.get());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try {
                Files.deleteIfExists(fresh);
                write(fresh, ring.lines());
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // A report has no trace then, and says so.
            }
        }
    }

    private static void write(Path file, List<String> lines) throws IOException {
        try (OutputStream out = Channels.newOutputStream(FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Path file(Path directory, TunnelName name) {
        return directory.resolve(name + SUFFIX);
    }

    /** Of the tunnel of this name; empty where it has not failed. */
    public Optional<Kept> of(TunnelName name) throws IOException {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(directory.get(), name);
        try {
            if (Files.size(file) > MOST_OCTETS) {
                return Optional.empty(); // none that we have written
            }
            return Optional.of(new Kept(
                    name,
                    Files.getLastModifiedTime(file),
                    Files.readString(file, StandardCharsets.UTF_8).lines().toList()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Of whichever tunnel failed last. */
    public Optional<Kept> newest() throws IOException {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return Optional.empty();
        }
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.get())) {
            for (Path file : files.toList()) {
                String text = String.valueOf(file.getFileName());
                if (text.endsWith(SUFFIX)) {
                    Optional<TunnelName> name = TunnelName.of(text.substring(0, text.length() - SUFFIX.length()));
                    if (name.isPresent()) {
                        of(name.get()).ifPresent(all::add);
                    }
                }
            }
        }
        return all.stream().max(Comparator.comparing(Kept::time));
    }
}
