package org.jpptp.client.host.linux;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jpptp.gre.io.Libc;

/** What this process, which holds a password and a tunnel, asks of the kernel for itself. */
final class LinuxProcess {
    private static final long IGNORED = 1; // SIG_IGN of signal.h
    /** {@code sigset_t} of every C library. */
    private static final int SIGSET_OCTETS = 128;
    /** Far more than a {@code struct sigaction} has. */
    private static final int SIGACTION_OCTETS = 512;

    /** A {@code struct pollfd}: the descriptor, what is asked for, and what is so. */
    private static final int POLLFD_OCTETS = 8;

    private static final int POLLFD_RETURNED = 6;

    private LinuxProcess() {}

    /** Memory holds a password: it is not for the disk, however the program is started. */
    static void forbidDumps() {
        try {
            // First, since it belongs to root afterwards: where a dump is written all the same, it holds no memory.
            Files.writeString(Path.of("/proc/self/coredump_filter"), "0");
        } catch (IOException e) {
            // No /proc that can be written to: the next line does without.
        }
        int unused = Libc.prctl(Libc.PR_SET_DUMPABLE, 0, 0, 0, 0);
    }

    /** Blots out what an environment variable says, where the kernel shows it to root and to this user's programs (environ of proc(5)). */
    static void blotOut(String variable) {
        Pointer value = Libc.getenv(variable);
        if (value != null) {
            value.setMemory(0, value.indexOf(0, (byte) 0), (byte) 0);
        }
    }

    /**
     * Makes SIGQUIT end the program, and SIGINT and SIGTERM also where the process was started with them ignored, as shells
     * without job control start what they put into the background. SIGHUP stays ignored where nohup(1) wants it so.
     *
     * <p>The JVM keeps SIGQUIT to itself: whoever handles it, it prints the stacks of all threads to the screen. What it lets
     * go of costs the orderly end on the other signals ({@code -Xrs}), and cannot be had by a jar that is started by its
     * name. So the kernel is given a function that may be called from within a signal, whatever it interrupts: {@code
     * alarm(2)}, which takes its argument, the number of the signal, for three seconds. Then SIGALRM comes, which Java can
     * handle.
     */
    static void heedSignals() {
        Libc.signal(Libc.SIGQUIT, NativeLibrary.getProcess().getFunction("alarm"));
        try (Memory handled = new Memory(SIGACTION_OCTETS);
                Memory present = new Memory(SIGACTION_OCTETS)) {
            // Java has a handler for this one, which is the same for all.
            if (Libc.sigaction(Libc.SIGUSR1, null, handled) == 0 && isFunction(handled)) {
                heed(Libc.SIGINT, handled, present);
                heed(Libc.SIGTERM, handled, present);
            }
        }
    }

    /**
     * A session of its own has no terminal, so that nothing that happens to one reaches it.
     *
     * @param waiter a process that waits for this one by packaging/launcher/wait; it is told last, since its user goes on then
     */
    static void detach(Path log, long waiter) {
        int unusedSession = Libc.setsid(); // refused to whoever leads a group of processes, such as what systemd starts
        redirect(Path.of("/dev/null"), Libc.O_RDONLY, 0);
        redirect(log, Libc.O_WRONLY | Libc.O_APPEND, 1);
        redirect(log, Libc.O_WRONLY | Libc.O_APPEND, 2);
        int unusedChange = Libc.chdir("/"); // there is one in every namespace
        if (waiter == Libc.getppid()) { // whoever was killed has left his number to others
            int unusedSignal = Libc.kill((int) waiter, Libc.SIGUSR2);
        }
    }

    /** Whether what is written there can reach anybody: nobody has closed it, neither here nor at the other end. */
    static boolean isRead(int descriptor) {
        try (Memory polled = new Memory(POLLFD_OCTETS)) {
            polled.clear();
            polled.setInt(0, descriptor);
            int lost = Libc.POLLERR | Libc.POLLHUP | Libc.POLLNVAL; // told without being asked for
            return Libc.poll(polled, 1, 0) <= 0 || (polled.getShort(POLLFD_RETURNED) & lost) == 0;
        }
    }

    /**
     * Becomes another program, which begins with the signals that any program begins with.
     *
     * @param command the first is a path
     * @return the errno that says why not
     */
    static int become(List<String> command) {
        try (Memory none = new Memory(SIGSET_OCTETS)) {
            none.clear();
            // A thread of Java's blocks SIGQUIT, and a mask is kept.
            int unused = Libc.pthread_sigmask(Libc.SIG_SETMASK, none, null);
        }
        StringArray words = new StringArray(command.toArray(new String[0]), "UTF-8");
        int unused = Libc.execv(command.get(0), words);
        return Libc.errno();
    }

    private static void redirect(Path file, int flags, int descriptor) {
        int opened = Libc.open(file.toString(), flags | Libc.O_CLOEXEC, 0);
        if (opened >= 0) {
            int unused = Libc.dup2(opened, descriptor);
            Libc.close(opened);
        }
    }

    private static void heed(int signal, Pointer handled, Pointer present) {
        if (Libc.sigaction(signal, null, present) == 0 && handler(present) == IGNORED) {
            int unused = Libc.sigaction(signal, handled, null);
        }
    }

    private static boolean isFunction(Pointer action) {
        return handler(action) != 0 && handler(action) != IGNORED;
    }

    /** The first field in every C library. */
    private static long handler(Pointer action) {
        return action.getLong(0);
    }
}
