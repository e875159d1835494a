package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.ppp.PppEvent;

/** What a {@link ServerSession} asks of the world. Buffers are borrowed: valid until the method returns. */
public interface ServerEdge {
    /** Octets for the client's TCP connection. */
    void sendControl(ByteBuf octets);

    /** Whether no other call with the client has this id. */
    boolean callIdIsFree(int callId);

    /** A call begins: opens the raw socket to the client. Returns where its packets go, and the client's datagrams. */
    TunneledLink.Ends openGre(int callId);

    /** The call is connected: its packets and the network's datagrams are the link's from now on. */
    void callConnected(TunneledLink link);

    /** The call is over: what still comes for it is dropped. */
    void callEnded();

    /** Progress of the client's link. */
    void event(PppEvent event);

    /** It is over: close the TCP connection and the rest. */
    void ended(String why);
}
