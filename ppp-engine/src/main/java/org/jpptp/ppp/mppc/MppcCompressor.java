package org.jpptp.ppp.mppc;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jpptp.ppp.coding.Coherency;

/**
 * The sending history of MPPC (RFC 2118 §4), without allocating per packet.
 *
 * <p>What does not get shorter goes as it is, and the history has to be flushed before it can be used again: the peer
 * does not have those octets.
 */
public final class MppcCompressor {
    /** As far as the history is filled; some decoders do not take its last octets. */
    private static final int ROOM = MppcDecompressor.HISTORY - 4;

    private static final int MIN_MATCH = 3;
    private static final int HASH_BITS = 12;

    private final byte[] history = new byte[MppcDecompressor.HISTORY];
    private final byte[] packed = new byte[MppcDecompressor.HISTORY];
    /** Where three octets were last seen, by their hash: {@link #base} and the place in the history. */
    private final int[] seen = new int[1 << HASH_BITS];

    /** Whatever was seen before this is gone; so the table need not be cleared for each packet. */
    private int base = 1;

    private int position;
    private boolean flushWanted;

    private long bits;
    private int bitCount;
    private int packedLength;

    /** Whether nothing is compressed before the history is flushed. */
    public boolean flushWanted() {
        return flushWanted;
    }

    /**
     * Compresses a packet in place, where that makes it shorter.
     *
     * @param frame readable octets are the protocol field and the datagram
     * @param flushed whether this packet carries bit A
     * @return the bits B and C of its header; 0 where the packet is as it was
     */
    public int compress(ByteBuf frame, boolean flushed) {
        if (flushed) {
            forget();
            flushWanted = false;
        }
        int length = frame.readableBytes();
        if (flushWanted || length > ROOM) {
            return 0;
        }
        if (length > ROOM - position) {
            forget();
        }
        int start = frame.readerIndex();
        frame.getBytes(start, history, position, length);
        if (!encode(position, position + length)) {
            flushWanted = true;
            return 0;
        }
        frame.setBytes(start, packed, 0, packedLength).writerIndex(start + packedLength);
        // That it begins at the front is said after a flush too: some peers want to be told.
        int header = Coherency.COMPRESSED | (position == 0 ? Coherency.AT_FRONT : 0);
        position += length;
        return header;
    }

    private void forget() {
        base += MppcDecompressor.HISTORY;
        position = 0;
        if (base < 0) {
            base = 1;
            Arrays.fill(seen, 0);
        }
    }

    /** Encodes a range of the history; false where that is no shorter. */
    private boolean encode(int from, int to) {
        bits = 0;
        bitCount = 0;
        packedLength = 0;
        int most = to - from - 1;
        int at = from;
        while (at < to) {
            int match = to - at < MIN_MATCH ? -1 : remember(at);
            int length = match < 0 ? 0 : matching(match, at, to);
            if (length < MIN_MATCH) {
                literal(history[at++] & 0xff);
            } else {
                tuple(at - match, length);
                for (int end = at + length; ++at < end; ) {
                    if (to - at >= MIN_MATCH) {
                        remember(at);
                    }
                }
            }
            if (packedLength > most) {
                return false;
            }
        }
        if (bitCount > 0) {
            put(0, 8 - bitCount);
        }
        return packedLength <= most;
    }

    /** Notes the three octets at a place, and returns where they may have been before, or a negative number. */
    private int remember(int at) {
        int three = (history[at] & 0xff) << 16 | (history[at + 1] & 0xff) << 8 | (history[at + 2] & 0xff);
        int slot = (three * 0x9e3779b1) >>> (32 - HASH_BITS);
        int before = seen[slot] - base;
        seen[slot] = base + at;
        return before;
    }

    private int matching(int earlier, int at, int to) {
        int length = 0;
        while (at + length < to && history[earlier + length] == history[at + length]) {
            length++;
        }
        return length;
    }

    private void literal(int octet) {
        if (octet < 0x80) {
            put(octet, 8);
        } else {
            put(0b10 << 7 | (octet & 0x7f), 9);
        }
    }

    private void tuple(int offset, int length) {
        if (offset < 64) {
            put(0b1111 << 6 | offset, 10);
        } else if (offset < 320) {
            put(0b1110 << 8 | (offset - 64), 12);
        } else {
            put(0b110 << 13 | (offset - 320), 16);
        }
        if (length == MIN_MATCH) {
            put(0, 1);
        } else {
            // So many ones and a zero as the length, from 4 on, has bits behind its first; then these bits.
            int tail = 31 - Integer.numberOfLeadingZeros(length);
            put((1 << tail) - 2, tail);
            put(length - (1 << tail), tail);
        }
    }

    /** Appends up to 16 bits. */
    private void put(int value, int count) {
        bits = bits << count | value;
        bitCount += count;
        while (bitCount >= 8) {
            bitCount -= 8;
            packed[packedLength++] = (byte) (bits >>> bitCount);
        }
    }
}
