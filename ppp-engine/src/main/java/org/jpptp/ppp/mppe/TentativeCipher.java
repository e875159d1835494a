package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;

/** Decrypts a packet as far as it takes to judge the key, and the rest only when the key is right. */
final class TentativeCipher {
    private final byte[] head = new byte[Plausibility.HEAD_OCTETS];

    /**
     * Decrypts the readable octets in place.
     *
     * @param cipher set up for this packet; on success it stands behind it, else anywhere
     * @return whether the plaintext is plausible; if not, the frame is as it was
     */
    boolean decrypt(Rc4 cipher, ByteBuf frame) {
        int index = frame.readerIndex();
        int length = frame.readableBytes();
        int first = Math.min(length, head.length);
        frame.getBytes(index, head, 0, first);
        cipher.xor(frame, index, first);
        if (!Plausibility.test(frame, index, length)) {
            frame.setBytes(index, head, 0, first);
            return false;
        }
        cipher.xor(frame, index + first, length - first);
        return true;
    }
}
