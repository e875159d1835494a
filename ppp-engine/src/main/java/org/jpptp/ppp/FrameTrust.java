package org.jpptp.ppp;

/** What a {@link org.jpptp.ppp.link.PppLink} makes of a frame; the transport needs it to tell the peer's sequence from a forged one. */
public enum FrameTrust {
    /** Not from the peer, as far as one can tell: it does not decrypt, or it is clear where all has to be encrypted. */
    REFUSED,
    /**
     * Anybody may have sent it, and a genuine frame may still come under its number: a control packet of a link that is up, a
     * packet while the key streams are out of step.
     */
    DOUBTED,
    /** Anybody may have sent it, and nothing of its kind shows more: a control packet before the link is up, a clear datagram. */
    UNPROVEN,
    /** It was encrypted with the peer's key. */
    PROVEN
}
