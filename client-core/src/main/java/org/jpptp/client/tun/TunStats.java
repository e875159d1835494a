package org.jpptp.client.tun;

/** Counters of a tunnel interface, seen from the host; read on its event loop. */
public final class TunStats {
    /** Datagrams that the host sent through the interface. */
    public long received;
    /** Their octets. */
    public long receivedOctets;
    /** Packets of the host's that were cut into some of these. */
    public long superPacketsReceived;
    /** Packets of the host's that were dropped because their headers make no sense. */
    public long malformed;
    /** Packets of the host's that were dropped because they are longer than the tunnel takes. */
    public long tooLong;
    /** Datagrams given to the host. */
    public long sent;
    /** Their octets. */
    public long sentOctets;
    /** Packets that some of these were joined in. */
    public long superPacketsSent;
    /** Datagrams that the host did not take: interface down, queue full, no IP. */
    public long refused;
}
