package org.jpptp.gre;

import io.netty.buffer.ByteBuf;

/** Where a {@link GreTunnel} leaves its results. Every buffer is borrowed, valid until the method returns. */
public interface GreOutput {
    /** A packet for the peer, from the GRE header on. */
    void transmit(ByteBuf packet);

    /**
     * A payload from the peer, or from somebody who says so.
     *
     * <p>Payloads that are not refused come in order, and no number comes twice; but once one was proven, unproven ones
     * may come late or more than once, for they can neither take a number away from a proven one nor be kept back.
     *
     * @param frame readable octets are the payload, trailing padding removed
     * @param sequence its number
     * @return what the receiver makes of it
     */
    Trust deliver(ByteBuf frame, int sequence, long now);

    /**
     * A payload from where the peer's numbers are not, as far as one knows: one of a run that agrees on another place. A
     * receiver that can tell takes only what proves itself, and what could harm nobody.
     *
     * @return what the receiver makes of it; unless it is refused, the numbers go on from there
     */
    default Trust deliverFar(ByteBuf frame, int sequence, long now) {
        return deliver(frame, sequence, now);
    }

    /**
     * Looks at a payload from there, or one that is alone there: whether it answers what only the peer can have seen. Then the
     * peer's numbers are there, and the payload is delivered. An answer counts once; whoever asks nothing says false.
     *
     * @param frame as for {@link #deliver}; its octets and indexes have to stay
     */
    default boolean answers(ByteBuf frame, long now) {
        return false;
    }

    /**
     * Looks at a payload that has come early, before it is held; it is delivered later, if at all.
     *
     * @param frame as for {@link #deliver}; its octets and indexes have to stay
     * @return false where it would be refused at any time; who cannot tell says true
     */
    default boolean early(ByteBuf frame, int sequence, long now) {
        return true;
    }

    /**
     * A packet was dropped, which is rare: whoever wants to know why is told.
     *
     * @param sequence its number, 0 where it has none
     */
    default void dropped(Dropped why, int sequence) {}

    /** The peer has acknowledged payloads of ours: fewer are on their way. */
    default void acknowledged(long now) {}
}
