package org.jpptp.ppp;

import io.netty.buffer.ByteBuf;

/** Sees every control packet and every decision; nothing of it changes what the link does. */
public interface PppTrace {
    /** A trace that nobody reads. */
    PppTrace NONE = new PppTrace() {
        @Override
        public void sent(int protocol, ByteBuf packet) {}

        @Override
        public void received(int protocol, ByteBuf packet) {}

        @Override
        public void note(String why) {}

        @Override
        public void ends(PppFailure why) {}

        @Override
        public void goesOnWithout(Omitted what, PppFailure why) {}
    };

    /** What a link can go on without, where policy lets it. */
    enum Omitted {
        ENCRYPTION,
        IPV6
    }

    /**
     * A control packet as it left (never an encrypted or IP datagram).
     *
     * @param protocol the PPP protocol number
     * @param packet readable octets from the code field on; borrowed, and its indexes must not be moved
     */
    void sent(int protocol, ByteBuf packet);

    /** A control packet, as it arrived. */
    void received(int protocol, ByteBuf packet);

    /** A decision or a timer and its reason, one line without an end of line. */
    void note(String why);

    /** The link begins to end. */
    void ends(PppFailure why);

    /** The link goes on without something that was wanted. */
    void goesOnWithout(Omitted what, PppFailure why);
}
