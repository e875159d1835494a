package org.jpptp.lab.oracle;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** One direction of a captured TCP connection; segments may come repeated and in any order. */
final class TcpDirection {
    /** By distance from the first sequence number, which is good for 2 GiB. */
    private final Map<Integer, byte[]> segments = new TreeMap<>();

    private boolean started;
    private int first;

    /**
     * Takes a segment.
     *
     * @param sequence of its first octet
     */
    void segment(int sequence, byte[] octets) {
        if (!started) {
            started = true;
            first = sequence;
        }
        segments.merge(sequence - first, octets, (one, other) -> one.length >= other.length ? one : other);
    }

    /** The octets up to the first gap. */
    byte[] octets() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        segments.forEach((at, octets) -> {
            int known = stream.size() - at;
            if (known >= 0 && known < octets.length) {
                stream.write(octets, known, octets.length - known);
            }
        });
        return stream.toByteArray();
    }
}
