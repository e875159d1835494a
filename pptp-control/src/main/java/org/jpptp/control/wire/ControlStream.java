package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;

/**
 * Cuts what TCP delivers, split and glued anywhere, into messages. Holds one message at most: no length that a peer
 * sends can make it grow. A malformed stream stays malformed.
 */
public final class ControlStream {
    private final ByteBuf message = Unpooled.buffer(ControlCodec.MAX_LENGTH, ControlCodec.MAX_LENGTH);
    private boolean delivered;

    /**
     * Takes octets from {@code chunk} up to the end of one message. Call it until it says {@link NeedMore}, which means
     * that the chunk is used up, or {@link Malformed}, which is final.
     */
    public DecodeResult next(ByteBuf chunk) {
        if (delivered) {
            message.clear();
            delivered = false;
        }
        DecodeResult result = ControlCodec.decode(message);
        while (result instanceof NeedMore more && chunk.isReadable()) {
            message.writeBytes(chunk, Math.min(more.octets(), chunk.readableBytes()));
            result = ControlCodec.decode(message);
        }
        if (result instanceof Decoded) {
            message.readerIndex(0);
            delivered = true;
        } else if (result instanceof Malformed && chunk.isReadable()) {
            // Only so that the evidence can quote more than the octet that gave it away.
            message.writeBytes(chunk, Math.min(message.writableBytes(), chunk.readableBytes()));
            result = ControlCodec.decode(message);
        }
        return result;
    }

    /** The octets of the message just decoded; borrowed until the next call. */
    public ByteBuf octets() {
        return message;
    }

    /** How many octets of an unfinished message are held. */
    public int unfinishedOctets() {
        return delivered ? 0 : message.readableBytes();
    }
}
