package org.jpptp.lab.fuzz;

import java.util.Arrays;

/** The octets of an input, read as choices. Behind their end every choice is 0, and every chunk is empty. */
final class Input {
    /** A length octet of this value is followed by a length of two octets. */
    static final int LONG_CHUNK = 255;

    private final byte[] octets;
    private int at;

    Input(byte[] octets) {
        this.octets = octets;
    }

    boolean isEmpty() {
        return at >= octets.length;
    }

    int octet() {
        return isEmpty() ? 0 : octets[at++] & 0xFF;
    }

    int number16() {
        return octet() << 8 | octet();
    }

    int number32() {
        return number16() << 16 | number16();
    }

    /** From 0 to before the number given, 256 at most. */
    int below(int end) {
        return octet() % end;
    }

    boolean choice() {
        return (octet() & 1) != 0;
    }

    /** Octets behind their length. */
    byte[] chunk() {
        int length = octet();
        return take(length == LONG_CHUNK ? number16() : length);
    }

    byte[] rest() {
        return take(octets.length - at);
    }

    private byte[] take(int length) {
        int end = Math.min(octets.length, at + length);
        byte[] taken = Arrays.copyOfRange(octets, at, end);
        at = end;
        return taken;
    }
}
