package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jpptp.gre.GreTunnel;

/**
 * Flow control as some servers do it (RFC 2637 §4.3): no more packets on their way than a window holds; the others wait
 * until the client acknowledges, or for so long that an acknowledgement must be lost.
 */
final class SendWindow {
    private static final long PATIENCE = Duration.ofMillis(500).toNanos();
    /** Frames that wait; what comes after them is dropped. */
    private static final int MAX_WAITING = 1024;

    private final int packets;
    private final GreTunnel tunnel;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private long openAt = Long.MAX_VALUE;

    /** @param packets the window, 0 for none */
    SendWindow(int packets, GreTunnel tunnel) {
        this.packets = packets;
        this.tunnel = tunnel;
    }

    /** Sends a frame now or later; borrowed. */
    void send(ByteBuf frame, long now) {
        if (packets == 0 || (waiting.isEmpty() && tunnel.unacknowledged() < packets)) {
            tunnel.send(frame, now);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(Unpooled.buffer(GreTunnel.HEADROOM + frame.readableBytes())
                    .setIndex(GreTunnel.HEADROOM, GreTunnel.HEADROOM)
                    .writeBytes(frame, frame.readerIndex(), frame.readableBytes()));
            openAt = openAt == Long.MAX_VALUE ? now + PATIENCE : openAt;
        }
    }

    /** Something came from the client, perhaps an acknowledgement. */
    void received(long now) {
        while (!waiting.isEmpty() && tunnel.unacknowledged() < packets) {
            sendNext(now);
        }
    }

    long deadlineNanos() {
        return openAt;
    }

    void onDeadline(long now) {
        if (openAt != Long.MAX_VALUE && now - openAt >= 0) {
            sendNext(now);
        }
    }

    private void sendNext(long now) {
        ByteBuf next = waiting.poll();
        if (next != null) {
            tunnel.send(next, now);
        }
        openAt = waiting.isEmpty() ? Long.MAX_VALUE : now + PATIENCE;
    }
}
