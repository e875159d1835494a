package org.jpptp.ppp.fsm;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.wire.ControlPacket;

/** Where an {@link OptionFsm} leaves its results. */
public interface FsmOutput {
    /** A packet for the peer, from the code field on; borrowed, with head-room for a frame. */
    void send(ByteBuf packet, long now);

    /** A decision and its reason, for the trace. */
    void note(String why);

    /** This-Layer-Up: both sides have acknowledged. */
    void up(long now);

    /** This-Layer-Down: it was up, and is being negotiated anew or ended. */
    void down(long now);

    /** This-Layer-Finished after a close: acknowledged by the peer or timed out. */
    void finished(long now);

    /** The negotiation has failed; the layer is to be closed. */
    void failed(PppFailure failure, long now);

    /** The peer sent a Terminate-Request, which is being acknowledged. */
    void terminated(ByteBuf reason, long now);

    /** A packet with one of the protocol's own codes arrived in the Opened state. */
    void extension(ControlPacket packet, long now);

    /** The peer does not know one of the protocol's own codes; it is not to be sent again. */
    void codeRejected(int code);
}
