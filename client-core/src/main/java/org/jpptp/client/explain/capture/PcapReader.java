package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The classic format, of either byte order, with microseconds or nanoseconds, also Kuznetzov's with longer headers. */
final class PcapReader implements CaptureReader {
    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int PATCHED = 0xA1B2CD34;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int FILE_HEADER_REST = 20;
    /** The upper bits of the field tell of the frame check sequence. */
    private static final int LINK_TYPE = 0xffff;
    /** What a header of Kuznetzov's has more: interface, protocol, packet type, padding. */
    private static final int PATCHED_REST = 8;

    private final Octets in;
    private final long unit;
    private final int rest;
    private final int linkType;
    private long number;

    PcapReader(Octets in, int magic) throws IOException, CaptureException {
        this.in = in;
        int value = magic;
        if (!isBigEndian(magic)) {
            in.littleEndian = true;
            value = Integer.reverseBytes(magic);
        }
        unit = value == NANOS ? 1 : 1000;
        rest = value == PATCHED ? PATCHED_REST : 0;
        ByteBuf header = in.take(FILE_HEADER_REST);
        linkType = (int) in.u32(header, 16) & LINK_TYPE;
    }

    static boolean isMagic(int magic) {
        return isBigEndian(magic) || isBigEndian(Integer.reverseBytes(magic));
    }

    private static boolean isBigEndian(int magic) {
        return magic == MICROS || magic == NANOS || magic == PATCHED;
    }

    @Override
    public @Nullable Frame next() throws IOException, CaptureException {
        long seconds = in.next32();
        if (seconds < 0) {
            return null;
        }
        long part = in.u32();
        long captured = in.u32();
        long original = in.u32();
        in.skip(rest);
        if (captured > Octets.MOST) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        ByteBuf octets = in.take((int) captured);
        number++;
        long missing = Math.max(0, Math.min(original - captured, Octets.MOST));
        return new Frame(number, seconds * NANOS_PER_SECOND + part * unit, linkType, octets, (int) missing);
    }
}
