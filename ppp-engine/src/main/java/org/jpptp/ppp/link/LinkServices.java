package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.fsm.RoundTrip;

/** What the parts of a link ask of the whole. */
interface LinkServices {
    /**
     * Sends a control packet.
     *
     * @param packet from the code field on, with {@link org.jpptp.ppp.wire.ControlPacket#HEADROOM} free octets before it
     */
    void send(int protocol, ByteBuf packet, long now);

    /** A decision and its reason, for the trace. */
    void note(String why);

    /** Part of what was wanted is given up, and the link goes on without it. */
    void goesOnWithout(PppTrace.Omitted what, PppFailure why);

    /** Tells of progress, or ends the link and returns false where this is worse than what was told before. */
    boolean tell(PppEvent event, long now);

    /** How long the peer takes to answer. */
    RoundTrip roundTrip();

    /** Ends the link; the first reason counts. */
    void fail(PppFailure failure);
}
