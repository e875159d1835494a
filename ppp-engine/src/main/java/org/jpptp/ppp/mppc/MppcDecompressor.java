package org.jpptp.ppp.mppc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.Plausibility;

/**
 * The receiving history of MPPC (RFC 2118 §4).
 *
 * <p>A packet is loaded, perhaps decrypted where it lies, decompressed, and then taken or dropped: its octets join the
 * history only when the caller has found that they are a datagram. Output and work are bounded, nothing outside of what
 * was written since the history was flushed is read, and nothing is allocated per packet.
 */
public final class MppcDecompressor {
    /** What became of a packet. */
    enum Result {
        /** Decompressed. */
        OK,
        /** The last literal or tuple is cut off. */
        TRUNCATED,
        /** An offset of 0, or to outside of the history. */
        BAD_OFFSET,
        /** More than twelve ones: no length-of-match begins so. */
        BAD_LENGTH,
        /** More output than a packet may have, or than the history has room for. */
        TOO_LONG
    }

    /** Octets of the history. */
    static final int HISTORY = 8192;

    private static final VarHandle BITS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Octets that are read beyond the last, as zeros. */
    private static final int SLACK = Long.BYTES;

    private static final int MAX_ONES = 11;

    private final int limit;
    private final byte[] history = new byte[HISTORY];
    /** Where the next packet begins. */
    private int position;
    /** The end of what was written since the history was flushed. */
    private int written;

    private final byte[] packet;
    private final ByteBuf loaded;
    private final ByteBuf output;

    /** What the packet on trial has overwritten, from {@link #begin} on. */
    private final byte[] overwritten;

    private int begin;
    private int end;
    private int saved;
    private boolean flushed;

    /** @param limit the most octets that a packet may decompress to: protocol field and datagram */
    public MppcDecompressor(int limit) {
        this.limit = Math.min(limit, HISTORY);
        // No encoder makes more than nine bits of an octet.
        packet = new byte[this.limit + this.limit / 8 + 1 + SLACK];
        loaded = Unpooled.wrappedBuffer(packet);
        overwritten = new byte[this.limit];
        output = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(this.limit));
    }

    /**
     * Copies a packet, without its header.
     *
     * @return false where it is longer than any packet of the limit can be
     */
    public boolean load(ByteBuf frame) {
        int length = frame.readableBytes();
        if (length > packet.length - SLACK) {
            return false;
        }
        frame.getBytes(frame.readerIndex(), packet, 0, length);
        loaded.setIndex(0, length);
        return true;
    }

    /** The octets that were loaded, to be decrypted in place. */
    public ByteBuf loaded() {
        return loaded;
    }

    /** What the last packet that decompressed came to; valid until the next. */
    public ByteBuf output() {
        return output;
    }

    /** The peer has flushed, with a packet that is not compressed. */
    public void flush() {
        position = 0;
        written = 0;
    }

    /**
     * Decompresses what was loaded. Where that is OK, {@link #take} or {@link #drop} must follow; otherwise the history
     * is as it was.
     *
     * @param header its bits A and B say where in the history the packet goes
     */
    Result decompress(int header) {
        flushed = (header & Coherency.FLUSHED) != 0;
        begin = flushed || (header & Coherency.AT_FRONT) != 0 ? 0 : position;
        // What lies behind may be referred to by later packets, should this one be dropped.
        saved = Math.max(0, Math.min(written - begin, limit));
        System.arraycopy(history, begin, overwritten, 0, saved);
        Result result = decode(flushed ? 0 : written);
        if (result == Result.OK) {
            output.clear().writeBytes(history, begin, end - begin);
        } else {
            drop();
        }
        return result;
    }

    /**
     * Decompresses what was loaded, and takes it where it is a datagram; else the history is as it was.
     *
     * @return what {@link Plausibility#find} finds
     */
    public int datagram(int header) {
        if (decompress(header) != Result.OK) {
            return Plausibility.NOTHING;
        }
        int found = output.isReadable() ? Plausibility.find(output, 0, output.readableBytes()) : Plausibility.NOTHING;
        if (found != Plausibility.NOTHING) {
            take();
        } else {
            drop();
        }
        return found;
    }

    /** The packet on trial is a datagram: its octets are history. */
    void take() {
        position = end;
        written = flushed ? end : Math.max(written, end);
    }

    /** It is none: the history is as it was. */
    void drop() {
        System.arraycopy(overwritten, 0, history, begin, saved);
    }

    private Result decode(int held) {
        int room = Math.min(HISTORY, begin + limit);
        int total = 8 * loaded.writerIndex();
        int at = begin;
        int bit = 0;
        // Fewer bits than the shortest literal has are padding.
        while (total - bit >= 8) {
            long window = (long) BITS.get(packet, bit >> 3) << (bit & 7);
            if (window >>> 62 != 3) {
                boolean low = window >= 0;
                bit += low ? 8 : 9;
                if (bit > total) {
                    return Result.TRUNCATED;
                }
                if (at == room) {
                    return Result.TOO_LONG;
                }
                history[at++] = (byte) (low ? window >>> 56 : window >>> 55 | 0x80);
                continue;
            }
            int offset;
            int used;
            if (window >>> 61 == 6) {
                offset = (int) (window >>> 48 & 0x1fff) + 320;
                used = 16;
            } else if (window >>> 60 == 14) {
                offset = (int) (window >>> 52 & 0xff) + 64;
                used = 12;
            } else {
                offset = (int) (window >>> 54 & 0x3f);
                used = 10;
            }
            long rest = window << used;
            int ones = Long.numberOfLeadingZeros(~rest);
            if (ones > MAX_ONES) {
                return Result.BAD_LENGTH;
            }
            int length = ones == 0 ? 3 : 1 << (ones + 1) | (int) (rest << (ones + 1) >>> (63 - ones));
            bit += used + (ones == 0 ? 1 : 2 * (ones + 1));
            if (bit > total) {
                return Result.TRUNCATED;
            }
            if (length > room - at) {
                return Result.TOO_LONG;
            }
            if (!copy(at, offset, length, held)) {
                return Result.BAD_OFFSET;
            }
            at += length;
        }
        end = at;
        return Result.OK;
    }

    /**
     * Repeats octets from before the history began anew at its front: what is left of it there, and zeros where nothing
     * was written since it was flushed. Some peers do refer to these.
     */
    private boolean copyFromBehind(int to, int from, int length, int held) {
        if (from <= to || from + length > HISTORY) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            history[to + i] = from + i < held ? history[from + i] : 0;
        }
        return true;
    }

    /** Repeats earlier octets; those may be ones that this very tuple writes. */
    private boolean copy(int to, int offset, int length, int held) {
        int from = to - offset;
        if (from < 0) {
            return copyFromBehind(to, from + HISTORY, length, held);
        }
        if (offset == 0) {
            return false;
        }
        if (offset >= length) {
            System.arraycopy(history, from, history, to, length);
        } else {
            for (int i = 0; i < length; i++) {
                history[to + i] = history[from + i];
            }
        }
        return true;
    }
}
