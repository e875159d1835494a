package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.coding.DatagramDecoder;

/** How one mode decrypts; {@link MppeDecryptor} has read the header. */
interface Decryption {
    /**
     * Tries to decrypt a packet, and moves counter and key only when the plaintext is plausible.
     *
     * @param frame readable octets are what is encrypted, at least one; as it was unless the result is OK
     * @param header with the coherency count and the bits A to C
     * @param missing as for {@link DatagramDecoder#decode}
     */
    DatagramDecoder.Result decrypt(ByteBuf frame, int header, int missing);

    /** As {@link DatagramDecoder#look}; the frame, as above, stays as it is. */
    DatagramDecoder.Result look(ByteBuf frame, int header);

    /** Whether only a Reset-Request will get us on. */
    boolean resetWanted();
}
