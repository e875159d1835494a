package org.jpptp.ppp;

import io.netty.buffer.ByteBuf;

/**
 * Where a {@link org.jpptp.ppp.link.PppLink} leaves its results.
 *
 * <p>Every buffer is borrowed: it is valid until the method returns, and the link uses it again afterwards.
 */
public interface PppOutput {
    /**
     * A PPP frame for the peer, from the address and control fields (where they are sent) or the protocol field on.
     *
     * @param frame readable octets are the frame; at least {@value org.jpptp.ppp.link.PppLink#FRAME_HEADROOM} octets before its reader
     *     index are free for the headers of the transport
     */
    void sendFrame(ByteBuf frame, long now);

    /**
     * A network-layer datagram from the peer.
     *
     * @param datagram readable octets are one IPv4 or IPv6 datagram, of plausible version and length
     */
    void deliverDatagram(ByteBuf datagram);

    /** A change of state; called once each, in the order of the phases, ending with one {@link PppEvent.Down}. */
    void event(PppEvent event, long now);
}
