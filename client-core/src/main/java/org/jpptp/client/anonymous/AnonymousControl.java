package org.jpptp.client.anonymous;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of messages of the control connection that have names and numbers of people (RFC 2637 §2). */
final class AnonymousControl {
    private static final int MAGIC = 0x1A2B3C4D;
    private static final int HEADER = 12;
    private static final int TYPE_AT = 8;
    private static final int FIELD = 64;
    private static final int HOST_AT = 28;
    private static final int PHONE_AT = 40;
    private static final int DIALED_AT = 28;
    private static final int STATISTICS_AT = 20;

    private final Pseudonyms pseudonyms;

    AnonymousControl(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /** Those that begin in these octets. */
    void messages(byte[] octets, int from) {
        int at = from;
        while (at + HEADER <= octets.length && Octets.i32(octets, at + 4) == MAGIC) {
            int length = Octets.u16(octets, at);
            int end = Math.min(octets.length, at + Math.max(HEADER, length));
            switch (Octets.u16(octets, at + TYPE_AT)) {
                case 1, 2 -> host(octets, at + HOST_AT, end);
                case 7 -> clear(octets, at + PHONE_AT, end);
                case 9 -> clear(octets, at + DIALED_AT, end);
                case 13 -> clear(octets, at + STATISTICS_AT, end);
                default -> {
                    // Numbers only.
                }
            }
            at = end;
        }
    }

    private void host(byte[] octets, int at, int end) {
        if (at + FIELD > end) {
            clear(octets, at, end);
            return;
        }
        int length = 0;
        while (length < FIELD && octets[at + length] != 0) {
            length++;
        }
        String name = new String(octets, at, length, StandardCharsets.UTF_8);
        byte[] by = pseudonyms.name(Pseudonyms.Kind.HOST, name).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(by, 0, octets, at, Math.min(length, by.length));
    }

    private static void clear(byte[] octets, int at, int end) {
        if (at < end) {
            Arrays.fill(octets, at, end, (byte) 0);
        }
    }
}
