package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jpptp.control.wire.ControlCodec;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.ControlStream;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;

/**
 * Messages in and out, traced. What is sent goes to the output at once, so that no flood of requests can make anything
 * here grow.
 */
final class MessagePort {
    /** What a machine does with what arrives. */
    interface Receiver {
        /** Whether it still wants any. */
        boolean live();

        void received(ControlMessage message, long now);

        void received(Malformed malformed, long now);
    }

    private final ControlOutput output;
    private final ControlTrace trace;
    private final ControlStream stream = new ControlStream();
    private final ByteBuf scratch = Unpooled.buffer(ControlCodec.MAX_LENGTH, ControlCodec.MAX_LENGTH);

    MessagePort(ControlOutput output, ControlTrace trace) {
        this.output = output;
        this.trace = trace;
    }

    void send(ControlMessage message) {
        scratch.clear();
        ControlCodec.encode(message, scratch);
        trace.sent(message, scratch);
        output.send(scratch);
    }

    void receive(ByteBuf octets, Receiver receiver, long now) {
        boolean more = true;
        while (more && receiver.live()) {
            more = stream.next(octets)
                    .fold(
                            decoded -> {
                                received(decoded, receiver, now);
                                return true;
                            },
                            malformed -> {
                                receiver.received(malformed, now);
                                return false;
                            },
                            needMore -> false);
        }
    }

    private void received(Decoded decoded, Receiver receiver, long now) {
        trace.received(decoded.message(), stream.octets());
        if (decoded.reservedSet()) {
            trace.note(decoded.message().type().rfcName() + " with a reserved field that is not zero: accepted");
        }
        receiver.received(decoded.message(), now);
    }

    /** Octets of a message that is not complete. */
    int unfinishedOctets() {
        return stream.unfinishedOctets();
    }
}
