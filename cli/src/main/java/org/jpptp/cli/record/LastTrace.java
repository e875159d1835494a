package org.jpptp.cli.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.cli.file.WholeFile;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.client.TunnelEvent;

/**
 * The traces of tunnels that are over, beside the sockets: for each name that of the last time, and that of the last failure, which
 * is mostly what somebody looks for, also when the next try has worked. Files of their user's only, which a boot removes.
 */
public final class LastTrace {
    private static final int MOST_OCTETS = 1 << 20;

    /** How a tunnel ended. */
    public enum End {
        FAILED(".trace"),
        /** Whether it was up or not. */
        BY_USER(".ended");

        private final String suffix;

        End(String suffix) {
            this.suffix = suffix;
        }

        private Path file(Path directory, TunnelName name) {
            return directory.resolve(name + suffix);
        }
    }

    private final Optional<Path> directory;

    /** @param directory of the sockets; empty where there is none */
    public LastTrace(Optional<Path> directory) {
        this.directory = directory.filter(Files::isDirectory);
    }

    /** What is kept of a tunnel, how and when it ended. */
    public record Kept(TunnelName name, End end, FileTime time, List<String> lines) {}

    /** A tunnel has ended; its trace stays. Whoever cannot write it there has lost little. */
    public void keep(String name, TunnelEvent.Ended ended, TraceRing ring) {
        Optional<TunnelName> valid = TunnelName.of(name);
        if (valid.isPresent() && directory.isPresent()) {
            End end = ended.failure() == null ? End.BY_USER : End.FAILED;
            try (WholeFile whole = WholeFile.beside(end.file(directory.get(), valid.get()))) {
                whole.out().write((String.join("\n", ring.lines()) + "\n").getBytes(StandardCharsets.UTF_8));
                whole.replace();
            } catch (IOException e) {
                // A report has the one before then, or none, and says so.
            }
        }
    }

    /** Of the tunnel of this name: the last failure, and what came after it; empty where there was none of either. */
    public List<Kept> of(TunnelName name) throws IOException {
        Optional<Kept> failed = read(name, End.FAILED);
        Optional<Kept> ended = read(name, End.BY_USER)
                .filter(last ->
                        failed.isEmpty() || last.time().compareTo(failed.get().time()) >= 0);
        return Stream.concat(failed.stream(), ended.stream()).toList();
    }

    private Optional<Kept> read(TunnelName name, End end) throws IOException {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Path file = end.file(directory.get(), name);
        try {
            if (Files.size(file) > MOST_OCTETS) {
                return Optional.empty(); // none that we have written
            }
            return Optional.of(new Kept(
                    name,
                    end,
                    Files.getLastModifiedTime(file),
                    Files.readString(file, StandardCharsets.UTF_8).lines().toList()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The tunnel that failed last; where none has, the one that ended last. */
    public Optional<TunnelName> newest() throws IOException {
        Optional<TunnelName> failed = newest(End.FAILED);
        return failed.isPresent() ? failed : newest(End.BY_USER);
    }

    private Optional<TunnelName> newest(End end) throws IOException {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.get())) {
            for (Path file : files.toList()) {
                String text = String.valueOf(file.getFileName());
                if (text.endsWith(end.suffix)) {
                    Optional<TunnelName> name = TunnelName.of(text.substring(0, text.length() - end.suffix.length()));
                    if (name.isPresent()) {
                        read(name.get(), end).ifPresent(all::add);
                    }
                }
            }
        }
        return all.stream().max(Comparator.comparing(Kept::time)).map(Kept::name);
    }
}
