package org.jpptp.ppp.coding;

import io.netty.buffer.ByteBuf;

/** What one direction does with the datagrams that it sends. Nothing is allocated per packet. */
public interface DatagramEncoder {
    /**
     * Encodes a packet in place and puts the header in front of it.
     *
     * @param frame readable octets are the inner protocol field and the datagram, with {@link Coherency#HEADER_OCTETS}
     *     octets free before them; afterwards they begin with the header, and are never more than that longer
     */
    void encode(ByteBuf frame);

    /** The peer has lost track (RFC 1962 §4.1); costs no more the more often it is said. */
    void resetRequested();
}
