package org.jpptp.client.tun;

/** Counters of a tunnel interface, seen from the host; read on its event loop. */
public final class TunStats {
    /** Datagrams that the host sent through the interface. */
    public long received;
    /** The octets of these datagrams. */
    public long receivedOctets;
    /** Packets from the host that were cut into some of these datagrams. */
    public long superPacketsReceived;
    /** Packets from the host that were dropped because their headers make no sense. */
    public long malformed;
    /** Packets from the host that were dropped because they are longer than the tunnel takes. */
    public long tooLong;
    /** Datagrams given to the host. */
    public long sent;
    /** The octets of these datagrams. */
    public long sentOctets;
    /** Packets that some of these datagrams were joined in. */
    public long superPacketsSent;
    /** Datagrams that the host did not take: interface down, queue full, no IP. */
    public long refused;
}
