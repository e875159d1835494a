package org.jpptp.gre.io;

/**
 * The error numbers of Linux that this program meets, with their names and words. The numbers are those of
 * {@code asm-generic/errno.h}, the same on x86-64 and arm64. The words are kept here instead of asking
 * {@code strerror(3)}, whose answer depends on the locale.
 */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    EINTR(4, "Interrupted system call"),
    EIO(5, "Input/output error"),
    ENXIO(6, "No such device or address"),
    EBADF(9, "Bad file descriptor"),
    EAGAIN(11, "Resource temporarily unavailable"),
    ENOMEM(12, "Cannot allocate memory"),
    EACCES(13, "Permission denied"),
    EFAULT(14, "Bad address"),
    EBUSY(16, "Device or resource busy"),
    EEXIST(17, "File exists"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    ENFILE(23, "Too many open files in system"),
    EMFILE(24, "Too many open files"),
    ENOTTY(25, "Inappropriate ioctl for device"),
    ENOSPC(28, "No space left on device"),
    EROFS(30, "Read-only file system"),
    EPIPE(32, "Broken pipe"),
    ENAMETOOLONG(36, "File name too long"),
    EBADFD(77, "File descriptor in bad state"),
    EMSGSIZE(90, "Message too long"),
    ENOPROTOOPT(92, "Protocol not available"),
    EPROTONOSUPPORT(93, "Protocol not supported"),
    EOPNOTSUPP(95, "Operation not supported"),
    EAFNOSUPPORT(97, "Address family not supported by protocol"),
    EADDRINUSE(98, "Address already in use"),
    EADDRNOTAVAIL(99, "Cannot assign requested address"),
    ENETDOWN(100, "Network is down"),
    ENETUNREACH(101, "Network is unreachable"),
    ECONNRESET(104, "Connection reset by peer"),
    ENOBUFS(105, "No buffer space available"),
    ENOTCONN(107, "Transport endpoint is not connected"),
    ETIMEDOUT(110, "Connection timed out"),
    ECONNREFUSED(111, "Connection refused"),
    EHOSTDOWN(112, "Host is down"),
    EHOSTUNREACH(113, "No route to host");

    private final int code;
    private final String words;

    Errno(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** The positive number. */
    public int code() {
        return code;
    }

    /** What {@code strerror(3)} says in the C locale. */
    public String words() {
        return words;
    }

    /** For example {@code "EPERM (Operation not permitted)"}, or {@code "errno 134"} for one that is not listed. */
    public static String describe(int code) {
        for (Errno errno : values()) {
            if (errno.code == code) {
                return errno.name() + " (" + errno.words + ")";
            }
        }
        return "errno " + code;
    }
}
