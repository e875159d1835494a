package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of Wireshark: blocks, several sections and interfaces, each with a resolution of its own. */
final class PcapngReader implements CaptureReader {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int MOST_INTERFACES = 4096;
    /** Block type, and the length at either end. */
    private static final int FRAMING = 12;

    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * One interface.
     *
     * @param perSecond units of time in a second
     * @param offset seconds to be added
     */
    private record Source(int linkType, long snapLength, double perSecond, long offset) {}

    private final Octets in;
    private final List<Source> sources = new ArrayList<>();
    private long number;

    PcapngReader(Octets in) throws IOException, CaptureException {
        this.in = in;
        section(in.take(4));
    }

    static boolean isMagic(int magic) {
        return magic == SECTION;
    }

    /** Behind the block type: the length in the section's own order, which the next field tells. */
    private void section(ByteBuf length) throws IOException, CaptureException {
        int big = length.getInt(0);
        ByteBuf order = in.take(4);
        if (order.getInt(0) != BYTE_ORDER && order.getIntLE(0) != BYTE_ORDER) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        in.littleEndian = order.getInt(0) != BYTE_ORDER;
        long whole = Integer.toUnsignedLong(in.littleEndian ? Integer.reverseBytes(big) : big);
        if (whole < FRAMING + 16) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        sources.clear();
        in.skip(whole - FRAMING);
    }

    @Override
    public @Nullable Frame next() throws IOException, CaptureException {
        while (true) {
            long type = in.next32();
            if (type < 0) {
                return null;
            }
            if ((int) type == SECTION) { // reads the same in either order
                section(in.take(4));
                continue;
            }
            long length = in.u32();
            if (length < FRAMING || length % 4 != 0) {
                throw new CaptureException(CaptureException.Kind.DAMAGED);
            }
            long body = length - FRAMING;
            boolean packet = type == ENHANCED_PACKET || type == OBSOLETE_PACKET || type == SIMPLE_PACKET;
            if (!packet && type != INTERFACE) {
                in.skip(body + 4);
                continue;
            }
            ByteBuf block = in.take((int) Math.min(body + 4, Integer.MAX_VALUE));
            block.writerIndex((int) body);
            if (type == INTERFACE) {
                describe(block);
            } else {
                number++;
                Frame frame = packet((int) type, block);
                if (frame != null) {
                    return frame;
                }
            }
        }
    }

    private void describe(ByteBuf block) throws CaptureException {
        if (block.readableBytes() < 8 || sources.size() == MOST_INTERFACES) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        double perSecond = 1e6;
        long offset = 0;
        int at = 8;
        while (at + 4 <= block.writerIndex()) {
            int option = in.u16(block, at);
            int length = in.u16(block, at + 2);
            if (option == 0 || at + 4 + length > block.writerIndex()) {
                break;
            }
            if (option == OPTION_RESOLUTION && length == 1) {
                int value = block.getUnsignedByte(at + 4);
                perSecond = Math.pow((value & 0x80) != 0 ? 2 : 10, value & 0x7f);
            } else if (option == OPTION_OFFSET && length == 8) {
                offset = in.littleEndian ? block.getLongLE(at + 4) : block.getLong(at + 4);
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        sources.add(new Source(in.u16(block, 0), in.u32(block, 4), perSecond, offset));
    }

    /** Null for a packet of an interface that nobody has described. */
    private @Nullable Frame packet(int type, ByteBuf block) throws CaptureException {
        int header = type == SIMPLE_PACKET ? 4 : 20;
        if (block.readableBytes() < header) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        long which =
                switch (type) {
                    case ENHANCED_PACKET -> in.u32(block, 0);
                    case OBSOLETE_PACKET -> in.u16(block, 0);
                    default -> 0;
                };
        if (which >= sources.size()) {
            return null;
        }
        Source source = sources.get((int) which);
        long original = in.u32(block, type == SIMPLE_PACKET ? 0 : 16);
        long captured = type == SIMPLE_PACKET
                ? Math.min(original, source.snapLength() == 0 ? original : source.snapLength())
                : in.u32(block, 12);
        if (captured > block.readableBytes() - header) {
            throw new CaptureException(CaptureException.Kind.DAMAGED);
        }
        long nanos = type == SIMPLE_PACKET ? Frame.NO_TIME : nanos(source, in.u32(block, 4) << 32 | in.u32(block, 8));
        long missing = Math.max(0, Math.min(original - captured, Octets.MOST));
        return new Frame(number, nanos, source.linkType(), block.slice(header, (int) captured), (int) missing);
    }

    private static long nanos(Source source, long units) {
        double perSecond = source.perSecond();
        if (perSecond <= 0 || perSecond > Long.MAX_VALUE) {
            return Frame.NO_TIME;
        }
        long whole = (long) perSecond;
        long seconds = Long.divideUnsigned(units, whole);
        double part = Long.remainderUnsigned(units, whole) * (NANOS_PER_SECOND / perSecond);
        return (seconds + source.offset()) * NANOS_PER_SECOND + Math.round(part);
    }
}
