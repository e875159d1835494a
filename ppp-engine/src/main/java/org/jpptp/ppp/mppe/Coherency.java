package org.jpptp.ppp.mppe;

/** The header of an MPPE packet: four bits and the 12-bit coherency count (RFC 3078 §3.1). */
final class Coherency {
    /** Octets of the header. */
    static final int HEADER_OCTETS = 2;
    /** Bit A: the tables were initialised before this packet. */
    static final int FLUSHED = 0x8000;
    /** Bit D. */
    static final int ENCRYPTED = 0x1000;

    private static final int MASK = 0x0fff;

    /**
     * How far a count may lie ahead. What is half the space ahead, or more, is taken for what it much more likely is: a
     * late packet.
     */
    static final int WINDOW = 2048;

    private Coherency() {}

    static int count(int header) {
        return header & MASK;
    }

    static int after(int count) {
        return (count + 1) & MASK;
    }

    /** How many packets lie from one count up to another, 0…4095. */
    static int distance(int from, int to) {
        return (to - from) & MASK;
    }

    /** Whether the key changes before this packet in stateful mode (RFC 3078 §7.2). */
    static boolean isFlag(int count) {
        return (count & 0xff) == 0xff;
    }

    /** How many flag packets there are among a packet and those that lie ahead of it, both ends included. */
    static int flags(int from, int ahead) {
        return ((from + ahead + 1) >> 8) - (from >> 8);
    }
}
