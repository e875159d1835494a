package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;

/** How one mode decrypts; {@link MppeDecryptor} has read the header. */
interface Decryption {
    /**
     * Tries to decrypt a packet in place, and moves counter and key only when the plaintext is plausible.
     *
     * @param frame readable octets are what is encrypted, at least one; as it was unless the result is OK
     * @param count the coherency count
     * @param flushed bit A
     */
    MppeDecryptor.Result decrypt(ByteBuf frame, int count, boolean flushed);

    /** Whether only a Reset-Request will get us on. */
    boolean resetWanted();
}
