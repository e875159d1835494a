package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import org.jpptp.control.wire.ControlMessage;

/** Sees every message and every decision; nothing of it changes what the machine does. */
public interface ControlTrace {
    /** A trace that nobody reads. */
    ControlTrace NONE = new ControlTrace() {
        @Override
        public void sent(ControlMessage message, ByteBuf octets) {}

        @Override
        public void received(ControlMessage message, ByteBuf octets) {}

        @Override
        public void note(String why) {}
    };

    /**
     * A message as it left.
     *
     * @param octets the same message on the wire; borrowed, and its indexes must not be moved
     */
    void sent(ControlMessage message, ByteBuf octets);

    /** A control packet, as it arrived. */
    void received(ControlMessage message, ByteBuf octets);

    /** A decision or a timer and its reason, one line without an end of line. */
    void note(String why);
}
