package org.jpptp.ppp.mppc;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder;
import org.jpptp.ppp.coding.Plausibility;

/** Decompresses what one side receives, without encryption (RFC 2118 §4.3). */
public final class MppcDecoder implements DatagramDecoder {
    private final boolean stateless;
    private final MppcDecompressor decompressor;
    private int expected;
    private boolean resetWanted;
    private boolean decompressed;
    private int found;
    private long decoded;

    /**
     * @param mode stateless where every packet has to be flushed
     * @param limit the most octets that a packet may decompress to: protocol field and datagram
     */
    public MppcDecoder(MppeMode mode, int limit) {
        stateless = mode == MppeMode.STATELESS;
        decompressor = new MppcDecompressor(limit);
    }

    @Override
    public Result decode(ByteBuf frame, int missing) {
        if (frame.readableBytes() <= Coherency.HEADER_OCTETS) {
            return Result.TOO_SHORT;
        }
        int start = frame.readerIndex();
        int header = frame.getUnsignedShort(start);
        boolean flushed = (header & Coherency.FLUSHED) != 0;
        if (stateless && !flushed) {
            return Result.NOT_FLUSHED;
        }
        int ahead = Coherency.ahead(expected, Coherency.count(header), missing);
        if (ahead < 0) {
            return Result.LATE;
        }
        if (!flushed && ahead > 0) {
            resetWanted = true;
            return Result.AWAITING_RESET;
        }
        frame.readerIndex(start + Coherency.HEADER_OCTETS);
        found = find(frame, header);
        if (found == Plausibility.NOTHING) {
            frame.readerIndex(start);
            // The history may differ: nothing of a peer's that goes on would ever come out right.
            resetWanted |= !stateless;
            return Result.IMPLAUSIBLE;
        }
        expected = Coherency.after(Coherency.count(header));
        resetWanted = false;
        decoded++;
        return Result.OK;
    }

    private int find(ByteBuf frame, int header) {
        decompressed = (header & Coherency.COMPRESSED) != 0;
        if ((header & Coherency.ENCRYPTED) != 0) {
            return Plausibility.NOTHING;
        }
        if (decompressed) {
            return decompressor.load(frame) ? decompressor.datagram(header) : Plausibility.NOTHING;
        }
        int datagram = Plausibility.find(frame, frame.readerIndex(), frame.readableBytes());
        if (datagram != Plausibility.NOTHING && (header & Coherency.FLUSHED) != 0) {
            decompressor.flush();
        }
        return datagram;
    }

    @Override
    public Result look(ByteBuf frame) {
        return Result.OK;
    }

    @Override
    public ByteBuf plaintext(ByteBuf frame) {
        return decompressed ? decompressor.output() : frame;
    }

    @Override
    public int found() {
        return found;
    }

    @Override
    public boolean resetWanted() {
        return resetWanted;
    }

    @Override
    public long decoded() {
        return decoded;
    }
}
