package org.jpptp.ppp.coding;

import io.netty.buffer.ByteBuf;

/**
 * What one direction does with the packets that it receives.
 *
 * <p>Decoding is tentative: counter, key and history move only when what comes out is a plausible datagram, so a forged,
 * damaged, late or repeated packet costs itself and nothing else. The work for any packet is bounded, and nothing is
 * allocated for one; only a gap longer than any before may allocate, a few times in the life of a link.
 */
public interface DatagramDecoder {
    /** What became of a packet. */
    enum Result {
        /** Decoded: {@link #plaintext} has it. */
        OK,
        /** No header with something behind it. */
        TOO_SHORT,
        /** Bit D is clear: what follows was never encrypted. */
        NOT_ENCRYPTED,
        /** Bit A is clear although the mode is stateless. */
        NOT_FLUSHED,
        /** Repeated, or overtaken by a later packet. */
        LATE,
        /** No datagram comes out of it: forged, damaged, or the keys differ. */
        IMPLAUSIBLE,
        /** Stateful mode lost packets: nothing can be decoded before the peer has flushed. */
        AWAITING_RESET
    }

    /**
     * Decodes a packet, in place where it is not compressed.
     *
     * @param frame readable octets begin with the header; unless the result is OK, its octets and indexes are afterwards
     *     as they were
     * @param missing how many payloads the transport misses between the last that was decoded and this one, of any kind;
     *     0 where it does not tell
     */
    Result decode(ByteBuf frame, int missing);

    /**
     * Looks at a packet without decoding it.
     *
     * @param frame as for {@link #decode}; its octets and indexes stay
     * @return why no decoding could ever bring a datagram; OK where one could, or where that cannot be told yet
     */
    Result look(ByteBuf frame);

    /**
     * The inner protocol field and the datagram of the packet that was decoded last.
     *
     * @param frame the same as was decoded
     * @return that frame, or a buffer that is valid until the next packet
     */
    ByteBuf plaintext(ByteBuf frame);

    /** The datagram in it, as {@link Plausibility#find} has found it. */
    int found();

    /** Whether a CCP Reset-Request is to be sent: at once, and again from time to time while this stays true. */
    boolean resetWanted();

    /** How many packets were decoded. */
    long decoded();
}
