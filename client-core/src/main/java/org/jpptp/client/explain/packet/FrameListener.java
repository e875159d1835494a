package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;

/** Who hears of the frames of PPP in the calls of a capture, for example to decrypt them. */
public interface FrameListener {
    /** Nobody does. */
    FrameListener NONE = new FrameListener() {
        @Override
        public void control(Call call, Side from, int protocol, ByteBuf packet) {
            // Nobody hears of it.
        }

        @Override
        public void datagram(Call call, Moment at, Side from, int protocol, ByteBuf octets, int skipped) {
            // Nobody hears of it.
        }
    };

    /** A control packet, from its code on. */
    void control(Call call, Side from, int protocol, ByteBuf packet);

    /**
     * A datagram, encrypted or not.
     *
     * @param octets behind the protocol field; may be changed
     * @param skipped payloads of GRE that are missing before it
     */
    void datagram(Call call, Moment at, Side from, int protocol, ByteBuf octets, int skipped);
}
