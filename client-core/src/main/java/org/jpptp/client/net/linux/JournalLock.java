package org.jpptp.client.net.linux;

import java.nio.file.Path;
import org.jpptp.gre.io.Libc;

/**
 * Held by one tunnel of the host at a time, whatever process it is of, while it looks whether others need what they share,
 * such as the route to the server, and acts on that; and while it takes back what a dead process left. It is on the
 * directory of the journals itself, and ends with the process.
 */
final class JournalLock {
    private final int fd;

    private JournalLock(int fd) {
        this.fd = fd;
    }

    /**
     * Waits for it: for as long as others take to run a few {@code ip} commands. Where the directory is gone there are no
     * others.
     */
    static JournalLock take(Path directory) {
        int fd = Libc.open(directory.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
        if (fd >= 0) {
            int unused = Libc.flock(fd, Libc.LOCK_EX); // on a descriptor of ours it does not fail
        }
        return new JournalLock(fd);
    }

    void release() {
        if (fd >= 0) {
            Libc.close(fd);
        }
    }
}
