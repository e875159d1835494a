package org.jpptp.ppp.mppc;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramEncoder;

/** Compresses what one side sends, without encryption (RFC 2118). */
public final class MppcEncoder implements DatagramEncoder {
    private final boolean stateless;
    private final MppcCompressor compressor = new MppcCompressor();
    private int count;
    private boolean resetRequested;

    /** @param mode stateless to flush the history before each packet */
    public MppcEncoder(MppeMode mode) {
        stateless = mode == MppeMode.STATELESS;
    }

    @Override
    public void encode(ByteBuf frame) {
        boolean flushed = stateless || resetRequested || compressor.flushWanted();
        resetRequested = false;
        int header = compressor.compress(frame, flushed) | (flushed ? Coherency.FLUSHED : 0) | count;
        count = Coherency.after(count);
        int start = frame.readerIndex() - Coherency.HEADER_OCTETS;
        frame.setShort(start, header).readerIndex(start);
    }

    @Override
    public void resetRequested() {
        resetRequested = true;
    }
}
