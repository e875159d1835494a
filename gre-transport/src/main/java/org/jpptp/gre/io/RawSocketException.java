package org.jpptp.gre.io;

import java.io.IOException;

/**
 * The raw socket could not be set up. {@link #step} tells where: EPERM at {@code socket()} is a missing CAP_NET_RAW, while
 * EPERM at a later {@code send()} is a firewall rule.
 */
public final class RawSocketException extends IOException {
    private final String step;
    private final int errno;

    /** A call of the system's failed with this errno. */
    public RawSocketException(String step, int errno) {
        super(step + ": " + Errno.describe(errno));
        this.step = step;
        this.errno = errno;
    }

    /** The call that failed, {@code "socket()"} or {@code "connect()"} for example. */
    public String step() {
        return step;
    }

    public int errno() {
        return errno;
    }

    /** The process lacks CAP_NET_RAW. */
    public boolean isPrivilegeMissing() {
        return step.equals("socket()") && errno == Errno.EPERM.code();
    }
}
