package org.jpptp.ppp.coding;

/** The header that MPPC and MPPE share: four bits and the 12-bit coherency count (RFC 2118 §3.1, RFC 3078 §3.1). */
public final class Coherency {
    /** Octets of the header. */
    public static final int HEADER_OCTETS = 2;
    /** Bit A: the tables, and the history, were initialised before this packet. */
    public static final int FLUSHED = 0x8000;
    /** Bit B: the history goes on from its front. */
    public static final int AT_FRONT = 0x4000;
    /** Bit C. */
    public static final int COMPRESSED = 0x2000;
    /** Bit D. */
    public static final int ENCRYPTED = 0x1000;

    private static final int MASK = 0x0fff;

    /**
     * How far a count may lie ahead. What is half the space ahead, or more, is taken for what it much more likely is: a
     * late packet.
     */
    public static final int WINDOW = 2048;
    /** How many packets may get lost in one piece before nobody knows any longer how often the key has changed. */
    public static final int REACH = 1 << 16;
    /** Packets that the peer has counted and lost itself, before the transport numbered them. */
    private static final int UNNUMBERED = 256;

    private Coherency() {}

    public static int count(int header) {
        return header & MASK;
    }

    public static int after(int count) {
        return (count + 1) & MASK;
    }

    /** How many packets lie from one count up to another, 0…4095. */
    public static int distance(int from, int to) {
        return (to - from) & MASK;
    }

    /**
     * How many packets a peer has counted between one count and another. Twelve bits cannot tell when more than a window
     * was lost in one piece; the transport, which numbers payloads with 32, can.
     *
     * @param missing how many payloads the transport misses before this one, those included that were no such packets
     * @return 0…{@link #REACH} + 256, or -1 for a packet that is late
     */
    public static int ahead(int from, int to, int missing) {
        int distance = distance(from, to);
        if (missing < WINDOW || missing > REACH || distance > missing + UNNUMBERED) {
            return distance < WINDOW ? distance : -1;
        }
        return distance + (missing + UNNUMBERED - distance) / (MASK + 1) * (MASK + 1);
    }

    /** Whether the key changes before this packet in stateful mode (RFC 3078 §7.2). */
    public static boolean isFlag(int count) {
        return (count & 0xff) == 0xff;
    }

    /** How many flag packets there are among a packet and those that lie ahead of it, both ends included. */
    public static int flags(int from, int ahead) {
        return ((from + ahead + 1) >> 8) - (from >> 8);
    }
}
