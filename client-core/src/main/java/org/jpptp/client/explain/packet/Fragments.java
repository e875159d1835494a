package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts IPv4 datagrams together again (RFC 791 §3.2). What never becomes whole is forgotten, the oldest first. */
final class Fragments {
    private static final int MOST_DATAGRAMS = 64;
    private static final int MOST_OCTETS = 65_535;

    private record Key(int source, int destination, int identification, int protocol) {}

    private static final class Pieces {
        private final byte[] octets = new byte[MOST_OCTETS];
        private final boolean[] present = new boolean[MOST_OCTETS / 8 + 1];
        private int end = -1;
        /** Where the first octet is that was not captured. */
        private int captured = MOST_OCTETS;

        boolean whole() {
            if (end < 0) {
                return false;
            }
            for (int i = 0; i < (end + 7) / 8; i++) {
                if (!present[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<Key, Pieces> waiting = new LinkedHashMap<>();
    private int lacking;

    /**
     * Takes a fragment.
     *
     * @param payload behind the IP header
     * @param offset in octets
     * @param more whether others follow
     * @param missing octets at its end that were not captured
     * @return the payload once the last fragment has come, up to the first octet that was not captured; null before
     */
    @Nullable
    ByteBuf take(
            int source,
            int destination,
            int identification,
            int protocol,
            ByteBuf payload,
            int offset,
            boolean more,
            int missing) {
        int length = payload.readableBytes() + missing;
        if (offset + length > MOST_OCTETS || length == 0) {
            return null;
        }
        Key key = new Key(source, destination, identification, protocol);
        Pieces pieces = waiting.computeIfAbsent(key, absent -> new Pieces());
        payload.getBytes(payload.readerIndex(), pieces.octets, offset, length - missing);
        if (missing > 0) {
            pieces.captured = Math.min(pieces.captured, offset + length - missing);
        }
        for (int i = offset / 8; i < (offset + length + 7) / 8; i++) {
            pieces.present[i] = true;
        }
        if (!more) {
            pieces.end = offset + length;
        }
        if (pieces.whole()) {
            waiting.remove(key);
            int captured = Math.min(pieces.end, pieces.captured);
            lacking = pieces.end - captured;
            return Unpooled.wrappedBuffer(pieces.octets, 0, captured);
        }
        if (waiting.size() > MOST_DATAGRAMS) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        return null;
    }

    /** How many octets of the last payload that was put together are missing at its end. */
    int missing() {
        return lacking;
    }
}
