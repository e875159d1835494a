package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a file piece by piece into one buffer, in either byte order. */
final class Octets {
    /** Longer packets exist in no capture: a length beyond it is a damaged one. */
    static final int MOST = 1 << 18;

    private final InputStream in;
    private byte[] room = new byte[1 << 16];
    private final byte[] four = new byte[4];
    boolean littleEndian;

    Octets(InputStream in) {
        this.in = in;
    }

    /** Exactly so many octets, valid until the next call. */
    ByteBuf take(int length) throws IOException, CaptureException {
        if (length < 0 || length > MOST) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        if (length > room.length) {
            room = new byte[MOST];
        }
        if (in.readNBytes(room, 0, length) < length) {
            throw new CaptureException(CaptureException.Kind.CUT_OFF);
        }
        return Unpooled.wrappedBuffer(room, 0, length);
    }

    void skip(long length) throws IOException, CaptureException {
        try {
            in.skipNBytes(length);
        } catch (EOFException end) {
            throw new CaptureException(CaptureException.Kind.CUT_OFF);
        }
    }

    /** Four octets as a number, or -1 at the end of the file. */
    long next32() throws IOException, CaptureException {
        int read = in.readNBytes(four, 0, 4);
        if (read == 0) {
            return -1;
        }
        if (read < 4) {
            throw new CaptureException(CaptureException.Kind.CUT_OFF);
        }
        return littleEndian
                ? (four[0] & 0xffL) | (four[1] & 0xffL) << 8 | (four[2] & 0xffL) << 16 | (four[3] & 0xffL) << 24
                : (four[3] & 0xffL) | (four[2] & 0xffL) << 8 | (four[1] & 0xffL) << 16 | (four[0] & 0xffL) << 24;
    }

    long u32() throws IOException, CaptureException {
        long value = next32();
        if (value < 0) {
            throw new CaptureException(CaptureException.Kind.CUT_OFF);
        }
        return value;
    }

    long u32(ByteBuf buffer, int index) {
        return littleEndian ? buffer.getUnsignedIntLE(index) : buffer.getUnsignedInt(index);
    }

    int u16(ByteBuf buffer, int index) {
        return littleEndian ? buffer.getUnsignedShortLE(index) : buffer.getUnsignedShort(index);
    }
}
