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

    /** Whether the key changes before this packet in stateful mode (RFC 3078 §7.2). */
    public static boolean isFlag(int count) {
        return (count & 0xff) == 0xff;
    }

    /** How many flag packets there are among a packet and those that lie ahead of it, both ends included. */
    public static int flags(int from, int ahead) {
        return ((from + ahead + 1) >> 8) - (from >> 8);
    }
}
