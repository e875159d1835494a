package org.jpptp.client.net.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.gre.io.Libc;

/**
 * Named network namespaces, as {@code ip netns} keeps them. A thread is in one, and so are the threads and the processes
 * that it starts, and the sockets that it opens.
 */
public final class NetworkNamespace {
    private static final Path DIRECTORY = Path.of("/run/netns");
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.+][A-Za-z0-9_.+-]{0,99}");

    private NetworkNamespace() {}

    /**
     * Moves the calling thread, for the rest of its life.
     *
     * @throws HostChangeException when there is no such namespace, or the privilege for it is missing
     */
    public static void enter(String name) throws HostChangeException {
        Path path = path(name);
        int fd = Libc.open(path.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw refused(name, Libc.errno());
        }
        int result = Libc.setns(fd, Libc.CLONE_NEWNET);
        int errno = Libc.errno();
        Libc.close(fd);
        if (result != 0) {
            throw refused(name, errno);
        }
    }

    /**
     * Does some work on a fresh thread inside, and waits for it.
     *
     * @throws HostChangeException as {@link #enter}
     * @throws Exception what the work throws
     */
    public static <T> T call(String name, Callable<T> work) throws Exception {
        FutureTask<T> task = begin(name, work);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static <T> FutureTask<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter(name);
            return work.call();
        });
        Thread thread = new Thread(task, "netns-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /**
     * What a host may refuse.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    interface HostWork<T> {
        T run() throws HostChangeException;
    }

    /**
     * The same for a change, which is waited for whoever interrupts: what was begun must be finished, or undone.
     *
     * @throws HostChangeException as {@link #enter}, and what the work throws
     */
    static <T> T change(String name, HostWork<T> work) throws HostChangeException {
        FutureTask<T> task = begin(name, work::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostChangeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The names that exist, sorted. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // nobody made one yet
        }
    }

    /** Where {@code ip} mounts it, after a look whether it did. */
    static Path path(String name) throws HostChangeException {
        Path path = DIRECTORY.resolve(NAME.matcher(name).matches() ? name : "");
        if (path.equals(DIRECTORY.resolve("")) || !Files.exists(path)) {
            List<String> names = names();
            throw new HostChangeException(HostDiagnosis.noNamespace(IpCommand.printable(name), names));
        }
        return path;
    }

    /** The namespace of the calling thread, as a path that other processes can open while the thread lives. */
    static Path ofThisThread() {
        try {
            return Path.of("/proc")
                    .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")))
                    .resolve("ns/net");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The namespace of the calling thread, as {@code ip} takes it for one to move a device to: by the thread's number, for
     * which the kernel asks nobody. To open it in /proc takes more rights, as nothing may look into this process.
     */
    static String thisThread() {
        return ofThisThread().getName(ofThisThread().getNameCount() - 3).toString();
    }

    /** A number that no other namespace has as long as this one lives. */
    static long inodeOfThisThread() {
        try {
            return (Long) Files.getAttribute(ofThisThread(), "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostChangeException refused(String name, int errno) {
        return new HostChangeException(HostDiagnosis.namespaceClosed(name, errno));
    }

    /** Whether a namespace of this number still has a name or a thread in it. */
    static boolean exists(long inode) {
        try (Stream<Path> named = names().stream().map(DIRECTORY::resolve);
                Stream<Path> processes = Files.list(Path.of("/proc"))) {
            Stream<Path> used = processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .flatMap(process -> tasks(process).stream())
                    .map(task -> task.resolve("ns/net"));
            return Stream.concat(named, used).anyMatch(namespace -> isOf(inode, namespace));
        } catch (IOException | UncheckedIOException e) {
            return true; // nothing is known, so nothing may be given up
        }
    }

    private static List<Path> tasks(Path process) {
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            return tasks.toList();
        } catch (IOException e) {
            return List.of(); // it has ended meanwhile
        }
    }

    private static boolean isOf(long inode, Path namespace) {
        try {
            return Files.getAttribute(namespace, "unix:ino").equals(inode);
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }
}
