package org.jpptp.gre.linux;

/** Counters of a loop's raw sockets; read on that loop. What reaches a call is counted by its tunnel. */
public final class GreSocketStats {
    /** Dropped: received for a call id that nobody has. */
    public long strays;
    /** Dropped: from another address, which the kernel lets through until the socket is connected. */
    public long foreign;
    /** Dropped: no IPv4 datagram of protocol 47. */
    public long malformed;
    /** Dropped: received, and longer than any packet that we agree to. */
    public long truncated;
    /** Dropped: to be sent while the kernel's queue and the batch were full. */
    public long overflows;
}
