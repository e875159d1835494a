package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;

/**
 * How to take back what a tunnel changed on the host, on disk before the change is made: a text file for each tunnel in a
 * directory that is root's only. It is removed once everything is taken back; the journals that a crash left are the
 * business of whoever starts next ({@link #recover}).
 */
public final class UndoJournal {
    private final Path file;
    private FileChannel channel;
    private final Deque<Change> changes = new ArrayDeque<>();

    private UndoJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins a journal of this process in this thread's network namespace.
     *
     * @param name how the file's name begins
     * @throws IOException when it cannot be written, or the directory is not safe
     */
    static UndoJournal create(Path directory, String name) throws IOException {
        new JournalFolder(directory).prepare();
        String prefix = name.replaceAll("[^A-Za-z0-9_.-]", "_") + "-";
        Path temporary = Files.createTempFile(directory, prefix, JournalFolder.NEW); // mode 0600
        Path file = Path.of(temporary.toString().replaceFirst("\\.new$", JournalFolder.SUFFIX));
        return new UndoJournal(file, put(temporary, JournalText.head(JournalOwner.current()), file));
    }

    /** Complete before it has its name: nobody sees a journal without an owner, or with less in it than there was. */
    private static FileChannel put(Path temporary, String text, Path file) throws IOException {
        try {
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
            try {
                write(channel, text);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                sync(file.resolveSibling(""));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /**
     * Remembers how to take back what is about to be done; on disk when it returns. Taking back twice what was done twice is
     * no use, so that a change which is remembered already is not written again.
     *
     * @throws IOException when it cannot be written, or nobody could read it
     */
    void record(Change change) throws IOException {
        if (!change.isReadable()) {
            throw new IOException("it has no words for \"" + change.line() + "\"");
        }
        if (changes.stream().anyMatch(before -> before.line().equals(change.line()))) {
            return;
        }
        long end = channel.position();
        try {
            write(channel, change.line() + "\n");
        } catch (IOException e) {
            channel.truncate(end); // half a line would make one with what comes next
            throw e;
        }
        changes.push(change);
    }

    /**
     * Makes a change that is remembered before.
     *
     * @throws HostChangeException when the host refuses it, or the journal does
     */
    void make(Change change, HostCommands host) throws HostChangeException {
        note(change);
        change.make(host);
    }

    /**
     * Remembers what is there already.
     *
     * @throws HostChangeException when it cannot be written
     */
    void note(Change change) throws HostChangeException {
        try {
            record(change);
        } catch (IOException e) {
            throw refusal(file.resolveSibling(""), e);
        }
    }

    /** Takes one change back before the end, and forgets it; what the host refuses is left for the end. */
    void takeBack(Change change, HostCommands host) throws HostChangeException {
        if (change.undo(host)) {
            forget(change);
        }
    }

    /**
     * Forgets a change that is no more, on disk when it returns.
     *
     * @throws HostChangeException when it cannot be written
     */
    void forget(Change change) throws HostChangeException {
        forgetIf(before -> before.line().equals(change.line()));
    }

    /**
     * The same for all changes that something is true of.
     *
     * @throws HostChangeException when it cannot be written
     */
    void forgetIf(Predicate<Change> isNoMore) throws HostChangeException {
        if (!changes.removeIf(isNoMore)) {
            return;
        }
        try {
            StringBuilder text = new StringBuilder(JournalText.head(JournalOwner.current()));
            changes.descendingIterator()
                    .forEachRemaining(each -> text.append(each.line()).append('\n'));
            FileChannel old = channel;
            channel = put(
                    Files.createTempFile(file.resolveSibling(""), "again-", JournalFolder.NEW), text.toString(), file);
            old.close();
        } catch (IOException e) {
            throw refusal(file.resolveSibling(""), e);
        }
    }

    /** What a user is told when a journal cannot be written. */
    static HostChangeException refusal(Path directory, IOException e) {
        return new HostChangeException(HostDiagnosis.noJournal(directory, JournalPlace.reason(e), JournalPlace.user()));
    }

    /** Whether another tunnel's journal says the same: then it did the change, and needs it still. */
    boolean isSharedWithOthers(Change change) {
        return JournalFolder.of(file).isShared(file, change, NetworkNamespace.inodeOfThisThread());
    }

    /**
     * Takes everything back, newest first, and removes the file unless something could not be taken back, of which the log is
     * warned.
     */
    void undo(HostCommands host, HostLog log) {
        try {
            channel.close();
            List<Change> refused = undoOwn(changes, host);
            JournalLock lock = JournalLock.take(file.resolveSibling(""));
            try {
                finish(file, changes, refused, host);
            } finally {
                lock.release();
            }
            warn(refused, file, host, log);
            changes.clear();
        } catch (IOException e) {
            log.warn(HostDiagnosis.journalNotRemoved(file, IpCommand.printable(String.valueOf(e.getMessage()))));
        }
    }

    private static void warn(List<Change> refused, Path file, HostCommands host, HostLog log) {
        host.takeWarnings().forEach(log::warn);
        if (!refused.isEmpty()) {
            log.warn(HostDiagnosis.notTakenBack(
                    refused.stream().map(Change::line).toList(), file));
        }
    }

    /**
     * Takes back what dead processes left in the calling thread's network namespace. Journals of the living, of other
     * namespaces that exist, and files that are not root's are left alone.
     *
     * @param log receives each change as {@code [#] ip …}, and a sentence about each journal
     */
    public static void recover(Path directory, HostLog log) {
        List<Path> files = new JournalFolder(directory).journals();
        if (files.isEmpty()) {
            return;
        }
        try {
            HostCommands host = IpCommand.find(log::note).host();
            files.forEach(file -> recover(file, host, log));
        } catch (HostChangeException e) {
            log.note(e.failure().sentence());
        }
    }

    private static void recover(Path file, HostCommands host, HostLog log) {
        // Whoever starts at the same time must not take back once more what a new tunnel has made meanwhile.
        JournalLock lock = JournalLock.take(file.resolveSibling(""));
        try {
            if (!JournalFolder.isOurs(file)) {
                host.trace("The journal " + file + " is ignored: it is not a file of this user's only.");
                return;
            }
            JournalText text = JournalFolder.read(file);
            Optional<JournalOwner> owner = text.owner();
            if (owner.isPresent() && owner.get().isAlive()) {
                return;
            }
            Deque<Change> changes = new ArrayDeque<>();
            text.changes().forEach(changes::push);
            if (owner.isPresent() && owner.get().namespace() != NetworkNamespace.inodeOfThisThread()) {
                if (NetworkNamespace.exists(owner.get().namespace())) {
                    return;
                }
                changes.removeIf(change -> !change.outlivesNamespace());
                if (changes.isEmpty()) {
                    host.trace("The journal " + file + " is removed: its network namespace is gone, with all changes.");
                    Files.deleteIfExists(file);
                    return;
                }
            }
            host.trace("The journal " + file + " was left behind" + (text.isDamaged() ? ", damaged." : "."));
            List<Change> refused = undoOwn(changes, host);
            if (text.isDamaged()) {
                undoShared(file, changes, refused, host);
                Path aside = setAside(file);
                log.warn(HostDiagnosis.damagedJournal(aside));
                warn(refused, aside, host, log);
            } else {
                finish(file, changes, refused, host);
                warn(refused, file, host, log);
            }
        } catch (NoSuchFileException e) {
            // Another process was quicker.
        } catch (IOException e) {
            host.trace("The journal " + file + " could not be used: " + e.getMessage() + ".");
        } finally {
            lock.release();
        }
    }

    /** Returns what the host has refused to take back. */
    private static List<Change> undoOwn(Deque<Change> changes, HostCommands host) {
        return Undoing.of(changes.stream().filter(change -> !change.isShared()).toList(), host);
    }

    /** Under the lock: takes back what is no tunnel's own, unless another tunnel needs it, and removes the file. */
    private static void finish(Path file, Deque<Change> changes, List<Change> refused, HostCommands host)
            throws IOException {
        undoShared(file, changes, refused, host);
        if (refused.isEmpty()) {
            Files.deleteIfExists(file); // from now on nobody keeps the route for our sake
        }
    }

    private static void undoShared(Path file, Deque<Change> changes, List<Change> refused, HostCommands host) {
        JournalFolder folder = JournalFolder.of(file);
        long namespace = NetworkNamespace.inodeOfThisThread();
        // At last the route to the server, which was made first.
        refused.addAll(Undoing.of(
                changes.stream()
                        .filter(change -> change.isShared() && !folder.isShared(file, change, namespace))
                        .toList(),
                host));
    }

    /** Whoever wants to know what its other lines meant finds it under another name, which no start looks for. */
    private static Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
        channel.force(true);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
