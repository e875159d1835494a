package org.jpptp.ppp;

/** Counters of a link; read on the thread that drives it. */
public final class PppStats {
    /** Datagrams sent, and their octets before encryption. */
    public long datagramsSent;

    public long octetsSent;
    /** Datagrams given to be sent that were not: the network is not up, no IPv4, or larger than the peer takes. */
    public long datagramsDropped;
    /** Datagrams delivered, and their octets after decryption. */
    public long datagramsReceived;

    public long octetsReceived;
    /** Frames that were no PPP, too short, or of a protocol that the phase forbids. */
    public long framesDiscarded;
    /** Datagrams that arrived in clear although encryption is on. */
    public long clearDiscarded;
    /** Encrypted frames that were late, repeated, or did not decrypt to anything plausible. */
    public long undecipherable;
    /** Control packets that were not the peer's, and packets that it never encrypted. */
    public long foreign;
    /** Frames of any kind received, to tell silence from trouble. */
    public long framesReceived;
    /** What the last LCP echo took there and back, in nanoseconds; 0 while none of ours was answered. */
    public long echoRoundTripNanos;
}
