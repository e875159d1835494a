package org.jpptp.client.diagnosis;

import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.gre.io.Errno;

/** What it means that the system has no room for one more file, socket, process or page, whatever it was wanted for. */
public final class LimitDiagnosis {
    private static final Map<Errno, String> REMEDIES = Map.of(
            Errno.EMFILE,
            "Raise this process's limit of open files, with \"ulimit -n 1024\" or LimitNOFILE=1024 in its unit.",
            Errno.ENFILE,
            "Raise this system's limit of open files, with \"sysctl fs.file-max\".",
            Errno.ENOMEM,
            "Free memory, or raise this process's limit of it, MemoryMax= in its unit.",
            Errno.EAGAIN,
            "Raise this user's limit of processes (RLIMIT_NPROC), or TasksMax= in the unit.");

    private LimitDiagnosis() {}

    /**
     * By the number that a system call gave.
     *
     * @param what did not come about, a clause
     * @return empty where it is no limit
     */
    public static Optional<Failure> reached(String what, int errno) {
        return REMEDIES.keySet().stream()
                .filter(limit -> limit.code() == errno)
                .findFirst()
                .map(limit -> failure(what, limit));
    }

    /**
     * By the words of an exception, which has no number.
     *
     * @param what did not come about, a clause
     * @param said what the exception said
     * @return empty where it is no limit
     */
    public static Optional<Failure> reached(String what, String said) {
        // One has the words of another, and more.
        return REMEDIES.keySet().stream()
                .filter(limit -> said.contains(limit.words()))
                .max((one, other) -> one.words().length() - other.words().length())
                .map(limit -> failure(what, limit));
    }

    private static Failure failure(String what, Errno limit) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                what + ": " + Errno.describe(limit.code()) + ".",
                REMEDIES.getOrDefault(limit, ""));
    }
}
