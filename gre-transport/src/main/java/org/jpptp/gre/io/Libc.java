package org.jpptp.gre.io;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the C library that the Linux edges need, by JNA's direct mapping.
 *
 * <p>They are the C functions, nothing more: a failure is a result of −1, and {@link #errno()} then tells why. Nothing
 * throws. {@code size_t} and {@code ssize_t} are {@code long}, so the platforms are the 64-bit ones; every constant has
 * the same value on x86-64 and arm64 (asm-generic). {@code open}, {@code fcntl} and {@code ioctl} are variadic in C;
 * on both platforms a variadic call passes these arguments as a plain call does.
 */
public final class Libc {
    static {
        // The process has its C library loaded, whichever it is: no file name to guess.
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    // fcntl.h
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int LOCK_EX = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;

    // signal.h
    public static final int SIGINT = 2;
    public static final int SIGQUIT = 3;
    public static final int SIGUSR1 = 10;
    public static final int SIGUSR2 = 12;
    public static final int SIGTERM = 15;
    public static final int SIG_SETMASK = 2;

    // time.h
    public static final int CLOCK_BOOTTIME = 7;

    // poll.h
    public static final int POLLERR = 8;
    public static final int POLLHUP = 0x10;
    public static final int POLLNVAL = 0x20;

    // sys/prctl.h
    public static final int PR_GET_DUMPABLE = 3;
    public static final int PR_SET_DUMPABLE = 4;

    // sched.h
    public static final int CLONE_NEWNET = 0x40000000;

    // sys/socket.h
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = O_NONBLOCK;
    public static final int SOCK_CLOEXEC = O_CLOEXEC;
    public static final int SOL_SOCKET = 1;
    public static final int SO_ERROR = 4;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_MARK = 36;
    public static final int SO_MEMINFO = 55;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_ERRQUEUE = 0x2000;

    // netdb.h
    public static final int EAI_NONAME = -2;
    public static final int EAI_AGAIN = -3;
    public static final int EAI_FAIL = -4;
    public static final int EAI_NODATA = -5;
    public static final int EAI_MEMORY = -10;
    public static final int EAI_SYSTEM = -11;

    // netinet/in.h
    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_GRE = 47;
    public static final int IP_MTU_DISCOVER = 10;
    public static final int IP_RECVERR = 11;
    public static final int IP_PMTUDISC_PROBE = 3;
    public static final int IP_PMTUDISC_OMIT = 5;

    private Libc() {}

    /** The error of this thread's last call through this class that returned −1. */
    public static int errno() {
        return Native.getLastError();
    }

    public static native int open(String path, int flags, int mode);

    public static native int close(int fd);

    /** What was open under the second number is closed. */
    public static native int dup2(int fd, int other);

    /** A session of its own, without a terminal; refused to the leader of a group. */
    public static native int setsid();

    public static native int chdir(String path);

    public static native int getppid();

    public static native int kill(int process, int signal);

    /** What this process was given at its start, at its place there; null for nothing. */
    public static native @Nullable Pointer getenv(String name);

    /** For the open file that the descriptor stands for; ends with it. Waits. */
    public static native int flock(int fd, int operation);

    public static native int fcntl(int fd, int command, long argument);

    public static native int ioctl(int fd, long request, Pointer argument);

    /** For requests whose argument is a number, not an address. */
    public static native int ioctl(int fd, long request, long argument);

    /** The address is that of memory outside the Java heap. */
    public static native long write(int fd, long address, long length);

    public static native int socket(int family, int type, int protocol);

    public static native int bind(int fd, Pointer address, int length);

    public static native int connect(int fd, Pointer address, int length);

    /** The length is a {@code socklen_t}; in: the room at {@code address}, out: what the name needs. */
    public static native int getsockname(int fd, Pointer address, Pointer length);

    public static native int setsockopt(int fd, int level, int option, Pointer value, int length);

    /** The length is a {@code socklen_t}; in: the room at {@code value}, out: what was written. */
    public static native int getsockopt(int fd, int level, int option, Pointer value, Pointer length);

    public static native long recv(int fd, Pointer into, long length, int flags);

    /** The message is a {@code struct msghdr}. */
    public static native long recvmsg(int fd, Pointer message, int flags);

    /**
     * The messages are an array of {@code struct mmsghdr} at an address outside the Java heap.
     *
     * @return how many went out; −1 only when the first did not, for later ones are tried again by the next call
     */
    public static native int sendmmsg(int fd, long messages, int count, int flags);

    /** The same for receiving; the time-out is the address of a {@code struct timespec}, or 0. */
    public static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    /** The descriptors are an array of {@code struct pollfd}; the time-out is in milliseconds. */
    public static native int poll(Pointer descriptors, long count, int timeout);

    /**
     * The hints are a {@code struct addrinfo}; the result is the address of a pointer to the first of a list of them, for {@link
     * #freeaddrinfo}. Waits. Returns 0 or one of the {@code EAI_} numbers.
     */
    public static native int getaddrinfo(String name, @Nullable String service, Pointer hints, Pointer result);

    public static native void freeaddrinfo(Pointer first);

    /** Moves the calling thread, and nothing else, into a namespace. */
    public static native int setns(int fd, int type);

    public static native int geteuid();

    /** The time is a {@code struct timespec}. */
    public static native int clock_gettime(int clock, Pointer time);

    public static native int prctl(int option, long second, long third, long fourth, long fifth);

    /** The handler is the address of a C function that takes the number of the signal. */
    public static native Pointer signal(int signal, Pointer handler);

    /** Of the calling thread; both are {@code sigset_t}, the second null where nobody asks. Returns the errno. */
    public static native int pthread_sigmask(int how, Pointer changed, @Nullable Pointer previous);

    /** The arguments are {@code char *const[]}, ended by null; the environment stays. Returns only where it fails. */
    public static native int execv(String path, Pointer arguments);

    /** Both are {@code struct sigaction}, the first null where nothing is to change. */
    public static native int sigaction(int signal, @Nullable Pointer changed, @Nullable Pointer previous);
}
