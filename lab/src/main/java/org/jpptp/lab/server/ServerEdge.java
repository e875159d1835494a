package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.PppEvent;

/** What a {@link ServerSession} asks of the world. Buffers are borrowed: valid until the method returns. */
public interface ServerEdge {
    /** Octets for the client's TCP connection. */
    void sendControl(ByteBuf octets);

    /** Whether no other call with the client has this id. */
    boolean callIdIsFree(int callId);

    /** A call begins: opens the raw socket to the client. */
    void openGre(int callId);

    /** A GRE packet for the client. */
    void sendGre(ByteBuf packet);

    /** A datagram from the client for the server's network. */
    void writeTun(ByteBuf datagram);

    /** Progress of the client's link. */
    void event(PppEvent event);

    /** It is over: close the TCP connection and the rest. */
    void ended(String why);
}
