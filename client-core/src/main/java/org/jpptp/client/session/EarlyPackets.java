package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;

/** Keeps what comes before the call's reply is processed: the server's first frame may overtake it. */
final class EarlyPackets implements GreReceiver {
    /** Two would do. */
    private static final int MAXIMUM = 8;

    private record Packet(ByteBuf octets, int callId) {}

    private final Queue<Packet> kept = new ArrayDeque<>();
    private long arrived;

    @Override
    public void receive(ByteBuf packet, int callId, long now) {
        arrived++;
        if (kept.size() < MAXIMUM) {
            kept.add(new Packet(Unpooled.copiedBuffer(packet), callId));
        }
    }

    @Override
    public void batchEnd(long now) {
        // There is nobody yet who could answer.
    }

    /** How many packets came. */
    long arrived() {
        return arrived;
    }

    /** The call is up: its link gets them. */
    void handTo(TunneledLink link, long now) {
        for (Packet packet = kept.poll(); packet != null; packet = kept.poll()) {
            link.receive(packet.octets(), packet.callId(), now);
        }
    }
}
