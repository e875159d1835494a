package org.jpptp.ppp.fsm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;

/**
 * A Configure-Request of ours, with the options that it asks for: what its answer has to fit (RFC 1661 §5.2–5.4). Sent again,
 * it stays the same, so that an answer to either will do.
 */
final class OwnRequest {
    private final int id;
    private final List<ConfigOption> options;
    private final byte[] octets;
    private boolean unanswered;

    /** @param id its Identifier, 0…255 */
    OwnRequest(int id, List<ConfigOption> options) {
        this.id = id;
        this.options = List.copyOf(options);
        this.octets = ConfigOptions.encode(this.options);
    }

    /** What stands for it before the first. */
    static OwnRequest none() {
        return new OwnRequest(0, List.of());
    }

    /** The packet, which waits for its answer from now on. */
    ByteBuf encode() {
        unanswered = true;
        return ControlPacket.encode(ControlPacket.CONFIGURE_REQUEST, id, octets);
    }

    /** Whether this is the answer; whatever comes behind it with the same Identifier is a duplicate. */
    boolean isWaitingFor(ControlPacket packet) {
        return unanswered && packet.id() == id;
    }

    /** The answer has come. */
    void answered() {
        unanswered = false;
    }

    List<ConfigOption> options() {
        return options;
    }

    /** Whether an Ack repeats exactly what was asked for (RFC 1661 §5.2). */
    boolean hasOctets(ByteBuf acknowledged) {
        return Arrays.equals(ByteBufUtil.getBytes(acknowledged), octets);
    }

    /** Whether a Reject names some of what was asked for, and nothing else (RFC 1661 §5.4). */
    boolean hasAll(List<ConfigOption> rejected) {
        return !rejected.isEmpty() && new HashSet<>(options).containsAll(rejected);
    }
}
