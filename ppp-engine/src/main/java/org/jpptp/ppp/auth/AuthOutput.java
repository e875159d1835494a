package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;

/** Where an {@link Authentication} leaves its results: packets, decisions, and one success or failure. */
public interface AuthOutput {
    /**
     * A packet for the peer.
     *
     * @param protocol the PPP protocol number, 0xC223 for CHAP
     * @param packet from the code field on; borrowed
     */
    void send(int protocol, ByteBuf packet, long now);

    /** A decision and its reason, for the trace. */
    void note(String why);

    /** The authentication is complete. */
    void succeeded(AuthResult result, long now);

    /** It cannot go on without another secret: {@link Authentication#provide} brings one, or none. */
    void wanted(PppEvent.SecretWanted secret, long now);

    /** Authentication has failed; the link is to end. */
    void failed(PppFailure failure);
}
