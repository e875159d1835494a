package org.jpptp.ppp;

/** What a {@link org.jpptp.ppp.link.PppLink} makes of a frame; the transport needs it to tell the peer's sequence from a forged one. */
public enum FrameTrust {
    /** Not from the peer, as far as one can tell: it does not decrypt, or it is clear where all has to be encrypted. */
    REFUSED,
    /** Anybody may have sent it: a control packet, a clear datagram, a packet while the key streams are out of step. */
    UNPROVEN,
    /** It was encrypted with the peer's key. */
    PROVEN
}
