package org.jpptp.cli.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory with the sockets of a user's tunnels. A socket whose owner is dead takes no connection; the next start of
 * any tunnel removes it.
 */
public final class SocketPlace {
    private static final String SUFFIX = ".sock";
    private static final int MOST_OF_A_NAME = 100;
    /** Held while somebody looks at a socket and acts on what he saw. */
    private static final String LOCK = "sockets.lock";

    private static final int WAITING_CONNECTIONS = 16;

    /** What a name stands for at this moment. */
    public enum Found {
        NOTHING,
        /** A socket that nobody serves any more. */
        DEAD,
        ALIVE
    }

    private final Path directory;

    /** @param directory its user's only; need not exist */
    public SocketPlace(Path directory) {
        this.directory = directory;
    }

    public Path file(TunnelName name) {
        return directory.resolve(name + SUFFIX);
    }

    /** The directory, for a sentence. */
    public Path directory() {
        return directory;
    }

    /** The names of all sockets, dead or alive, in order. */
    public List<TunnelName> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<TunnelName> names = new ArrayList<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .sorted()
                    .forEach(file -> TunnelName.of(file.substring(0, file.length() - SUFFIX.length()))
                            .ifPresent(names::add));
            return names;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Looks, and changes nothing. */
    public Found look(TunnelName name) throws IOException {
        return look(file(name));
    }

    private static Found look(Path file) throws IOException {
        try {
            // Not exists(), for which one that cannot be looked at is not there.
            Files.readAttributes(file, "size", LinkOption.NOFOLLOW_LINKS);
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.configureBlocking(false); // who has no room for us is alive
                connect(channel, file);
                return Found.ALIVE;
            }
        } catch (NoSuchFileException e) {
            return Found.NOTHING;
        } catch (ConnectException e) {
            return Found.DEAD;
        }
    }

    /**
     * Connects to who serves a socket.
     *
     * @throws ConnectException where nobody does
     * @throws NoSuchFileException where there is none any more: its owner removes it before he stops serving
     * @throws Closed where it is another user's
     */
    static void connect(SocketChannel channel, Path file) throws IOException {
        try {
            boolean unused = channel.connect(UnixDomainSocketAddress.of(file));
        } catch (SocketException e) {
            // Which it is Java tells in words only, and those are the locale's.
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!(e instanceof ConnectException) && !Files.isWritable(file)) {
                throw new Closed(file);
            }
            throw e;
        }
    }

    /**
     * Takes a name for a tunnel of this process. What dead tunnels left goes: this start repairs what they changed.
     *
     * @throws NameTaken when another tunnel has it
     */
    public Claim claim(TunnelName name) throws IOException {
        Claim claim = locked(() -> take(name));
        sweep();
        return claim;
    }

    /** What is done while nobody else makes or removes a socket here. */
    private interface Locked<T> {
        T call() throws IOException;
    }

    private <T> T locked(Locked<T> action) throws IOException {
        synchronized (SocketPlace.class) { // a lock of a file is the whole process's
            try (FileChannel lock = FileChannel.open(
                            directory.resolve(LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    FileLock held = lock.lock()) {
                assert held.isValid();
                return action.call();
            }
        }
    }

    /** Takes the first of a name and its numbers, from 2 on, that is free. */
    public Claim claimFirst(TunnelName name) throws IOException {
        TunnelName wanted = name;
        for (int number = 2; ; number++) {
            try {
                return claim(wanted);
            } catch (NameTaken e) {
                if (number > MOST_OF_A_NAME) {
                    throw e;
                }
                wanted = name.next(number);
            }
        }
    }

    private Claim take(TunnelName name) throws IOException {
        Path file = file(name);
        switch (look(file)) {
            case ALIVE -> throw new NameTaken(name);
            case DEAD -> Files.delete(file);
            case NOTHING -> {}
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(file), WAITING_CONNECTIONS);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return new Claim(name, file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Removes the sockets of all dead tunnels, once what these have changed on the host is undone, or is about to be. */
    public void sweep() {
        try {
            for (TunnelName name : names()) {
                if (look(name) == Found.DEAD) {
                    boolean unused = locked(() -> look(name) == Found.DEAD && Files.deleteIfExists(file(name)));
                }
            }
        } catch (IOException e) {
            // They say that nobody is there as long as they are; the next start sweeps again.
        }
    }

    /** A socket is there, and is another user's: unlike a folder that is closed, it shows that there is a tunnel of the name. */
    public static final class Closed extends FileSystemException {
        private static final long serialVersionUID = 1L;

        Closed(Path file) {
            super(file.toString());
        }
    }

    /** Another tunnel has the name. */
    public static final class NameTaken extends SocketException {
        private static final long serialVersionUID = 1L;

        NameTaken(TunnelName name) {
            super(name.text());
        }
    }

    /** A name that is this process's, until it is closed. */
    public record Claim(TunnelName name, Path file, ServerSocketChannel channel) implements AutoCloseable {
        /** Before the channel: who finds no socket may take the name, who finds one may connect. */
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                Files.deleteIfExists(file);
                channel.close();
            }
        }
    }
}
