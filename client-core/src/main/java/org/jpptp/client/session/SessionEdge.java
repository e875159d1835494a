package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.Failure;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.gre.GreArrivals;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** What a {@link Session} asks of the world. Buffers are borrowed: valid until the method returns. */
public interface SessionEdge {
    /** The name of the tunnel interface, which exists already. */
    String interfaceName();

    /** What has addresses and routes where the tunnel interface was made: it limits what a server may give us. */
    Surroundings surroundings();

    /** Octets for the server's TCP connection. */
    void sendControl(ByteBuf octets);

    /** Whether no other call of ours with the server has this id. */
    boolean callIdIsFree(int callId);

    /**
     * Opens the raw socket to the server, before the call is requested: the server's first frame may come before its
     * reply (docs/architecture.md).
     *
     * @param callId what the server's packets will carry
     * @param early gets what comes until the call connects
     * @return null, or why it cannot be opened
     */
    @Nullable
    Failure openGre(int callId, GreReceiver early);

    /**
     * Begins to look at what comes to this host for a call of ours and does not come to its socket. Closed by whoever asks.
     */
    GreArrivals arrivals(int callId);

    /**
     * Where a connected call's packets go, and its datagrams: to the socket that was opened, and to the tunnel interface.
     * Where a packet is refused, {@link Session#greRefused} tells.
     */
    TunneledLink.Ends ends();

    /** The call is connected: its packets and the host's datagrams are the link's from now on. */
    void callConnected(TunneledLink link);

    /**
     * The addresses are agreed on: make the host so, then call {@link Session#hostReady} or {@link Session#hostFailed}. Called
     * again, after that, where a renegotiation came to another plan for the same interface.
     */
    void configureHost(NetworkPlan plan);

    /**
     * Ask the user, then call {@link Session#secretProvided}. Only where {@link SessionConfig#attendance} says so, and not
     * again before the answer.
     *
     * @param tried what the server did not take
     */
    void askSecret(PppEvent.SecretWanted wanted, Credentials tried);

    /**
     * It is over: close everything.
     *
     * @param end how it ended
     */
    void ended(SessionEnd end);
}
