package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.gre.GreArrivals;
import org.jspecify.annotations.Nullable;

/** What a {@link Probe} asks of the world. One connection at a time. Buffers are borrowed. */
public interface ProbeEdge {
    /** Connect by TCP, then call {@link Probe#connected} or {@link Probe#connectFailed}. */
    void connect(Inet4Address address, Duration timeout);

    /** Octets for the TCP connection. */
    void sendControl(ByteBuf octets);

    /** The TCP connection is done with. */
    void closeControl();

    /** Whether no other call of ours with the server has this id. */
    boolean callIdIsFree(Inet4Address server, int callId);

    /**
     * Opens the raw socket to the server.
     *
     * @param callId what the server's packets will carry
     * @return null, or why it cannot be opened
     */
    @Nullable
    Failure openGre(Inet4Address server, int callId);

    /** A packet of GRE for the server. */
    void sendGre(ByteBuf packet);

    /** From now on packets of GRE are not to be fragmented. */
    void keepGreWhole();

    /** Begins to look at what comes to this host for the call, whoever sent it. Closed by whoever asks. */
    GreArrivals arrivals(Inet4Address server, int callId);

    /** The raw socket is done with. */
    void closeGre();

    /** That is all. */
    void over(ProbeReport report);
}
