package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** A place for one packet in native memory, with the views of it made once. */
final class Slot {
    /** A PPP frame of any MRU that we agree to, its headers, and head-room. */
    static final int OCTETS = 2048;

    final ByteBuf buffer;
    final ByteBuffer octets;
    final long address;

    private Slot(ByteBuffer octets) {
        this.octets = octets;
        this.address = MessageVector.addressOf(octets);
        // Not from an allocator: there is no moment at which it would have to be released.
        this.buffer = Unpooled.wrappedBuffer(octets);
    }

    /** So many, side by side in one block. */
    static Slot[] block(int count) {
        ByteBuffer block = ByteBuffer.allocateDirect(count * OCTETS);
        Slot[] slots = new Slot[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new Slot(block.slice(i * OCTETS, OCTETS));
        }
        return slots;
    }
}
