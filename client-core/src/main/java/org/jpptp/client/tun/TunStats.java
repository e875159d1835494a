package org.jpptp.client.tun;

/** Counters of a tunnel interface, seen from the host; read on its event loop. */
public final class TunStats {
    /** Datagrams that the host sent through the interface. */
    public long received;
    /** Their octets. */
    public long receivedOctets;
    /** Datagrams given to the host. */
    public long sent;
    /** Their octets. */
    public long sentOctets;
    /** Datagrams that the host did not take: interface down, queue full, no IP. */
    public long refused;
}
