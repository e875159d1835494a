package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.Plausibility;
import org.jpptp.ppp.mppc.MppcDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a packet as far as it takes to judge the key, and the rest only when the key is right. What is compressed too
 * shows its datagram only when all of it is decompressed; that is done aside.
 */
final class TentativeCipher {
    private final @Nullable MppcDecompressor decompressor;
    private final byte[] head = new byte[Plausibility.HEAD_OCTETS];
    private boolean decompressed;
    private int found;

    TentativeCipher(@Nullable MppcDecompressor decompressor) {
        this.decompressor = decompressor;
    }

    /**
     * Decrypts the readable octets: in place, unless they are compressed.
     *
     * @param cipher set up for this packet; on success it stands behind it, else anywhere
     * @param header of the packet; without compression its bits A to C do not matter
     * @return whether the plaintext is plausible; if not, the frame, and the history, are as they were
     */
    boolean decrypt(Rc4 cipher, ByteBuf frame, int header) {
        if (!begin(cipher, frame, header)) {
            return false;
        }
        finish(cipher, frame);
        return true;
    }

    /** The first part of {@link #decrypt}: as much as it takes to judge the key. */
    boolean begin(Rc4 cipher, ByteBuf frame, int header) {
        MppcDecompressor history = decompressor;
        decompressed = history != null && (header & Coherency.COMPRESSED) != 0;
        if (!decompressed) {
            found = inPlace(cipher, frame);
            if (history != null && found != Plausibility.NOTHING && (header & Coherency.FLUSHED) != 0) {
                history.flush();
            }
        } else {
            found = history == null ? Plausibility.NOTHING : aside(cipher, frame, header, history);
        }
        return found != Plausibility.NOTHING;
    }

    /** How many octets of a packet whose key is right are left for {@link #finish}. */
    int left(ByteBuf frame) {
        return decompressed ? 0 : Math.max(0, frame.readableBytes() - head.length);
    }

    /** The second part. */
    void finish(Rc4 cipher, ByteBuf frame) {
        int left = left(frame);
        if (left > 0) {
            cipher.xor(frame, frame.writerIndex() - left, left);
        }
    }

    private static int aside(Rc4 cipher, ByteBuf frame, int header, MppcDecompressor history) {
        if (!history.load(frame)) {
            return Plausibility.NOTHING;
        }
        ByteBuf copy = history.loaded();
        cipher.xor(copy, copy.readerIndex(), copy.readableBytes());
        return history.datagram(header);
    }

    /** Whether the head of a packet decrypts; true where it is compressed, and so shows no head. The frame stays. */
    boolean plausible(Rc4 cipher, ByteBuf frame, int header) {
        if (decompressor != null && (header & Coherency.COMPRESSED) != 0) {
            return true;
        }
        int index = frame.readerIndex();
        int first = decryptHead(cipher, frame);
        int datagram = Plausibility.find(frame, index, frame.readableBytes());
        frame.setBytes(index, head, 0, first);
        return datagram != Plausibility.NOTHING;
    }

    /** The datagram in the packet that was decrypted last. */
    int found() {
        return found;
    }

    /** Where the plaintext of the packet that was decrypted last is. */
    ByteBuf plaintext(ByteBuf frame) {
        return decompressed && decompressor != null ? decompressor.output() : frame;
    }

    private int inPlace(Rc4 cipher, ByteBuf frame) {
        int index = frame.readerIndex();
        int length = frame.readableBytes();
        int first = decryptHead(cipher, frame);
        int datagram = Plausibility.find(frame, index, length);
        if (datagram == Plausibility.NOTHING) {
            frame.setBytes(index, head, 0, first);
        }
        return datagram;
    }

    /** Decrypts as much as plausibility looks at, and keeps what was there. */
    private int decryptHead(Rc4 cipher, ByteBuf frame) {
        int index = frame.readerIndex();
        int first = Math.min(frame.readableBytes(), head.length);
        frame.getBytes(index, head, 0, first);
        cipher.xor(frame, index, first);
        return first;
    }
}
