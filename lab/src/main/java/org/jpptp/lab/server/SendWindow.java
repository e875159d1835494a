package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jpptp.client.session.FrameGate;
import org.jpptp.gre.GreTunnel;
import org.jpptp.ppp.Deadlines;

/**
 * What stands between a server's link and its tunnel: the filter that makes it misbehave, and flow control as some servers
 * do it (RFC 2637 §4.3). No more packets are on their way than a window holds; the others wait until the client
 * acknowledges, or for so long that an acknowledgement must be lost.
 */
final class SendWindow implements FrameGate {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** Frames that wait; what comes after them is dropped. */
    private static final int MAX_WAITING = 1024;

    private final int packets;
    private final FrameFilter filter;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    /** When to send one more, as if what is on its way had arrived. */
    private long openAt = Deadlines.NEVER;

    /** @param packets the window, 0 for none */
    SendWindow(int packets, FrameFilter filter) {
        this.packets = packets;
        this.filter = filter;
    }

    @Override
    public boolean outward(ByteBuf frame, GreTunnel tunnel, long now) {
        if (!filter.pass(FrameFilter.Direction.TO_CLIENT, frame)) {
            return false;
        }
        if (packets == 0 || (waiting.isEmpty() && tunnel.unacknowledged() < packets)) {
            return true;
        }
        if (waiting.size() < MAX_WAITING) {
            waiting.add(Unpooled.buffer(GreTunnel.HEADROOM + frame.readableBytes())
                    .setIndex(GreTunnel.HEADROOM, GreTunnel.HEADROOM)
                    .writeBytes(frame, frame.readerIndex(), frame.readableBytes()));
            openAt = openAt == Deadlines.NEVER ? Deadlines.after(PATIENCE, now) : openAt;
        }
        return false;
    }

    @Override
    public boolean inward(ByteBuf frame) {
        return filter.pass(FrameFilter.Direction.TO_SERVER, frame);
    }

    @Override
    public void acknowledged(GreTunnel tunnel, long now) {
        while (!waiting.isEmpty() && tunnel.unacknowledged() < packets) {
            sendNext(tunnel, now);
        }
    }

    long deadlineNanos() {
        return openAt;
    }

    void onDeadline(GreTunnel tunnel, long now) {
        if (Deadlines.passed(openAt, now)) {
            sendNext(tunnel, now);
        }
    }

    private void sendNext(GreTunnel tunnel, long now) {
        ByteBuf next = waiting.poll();
        if (next != null) {
            tunnel.send(next, now);
        }
        openAt = waiting.isEmpty() ? Deadlines.NEVER : Deadlines.after(PATIENCE, now);
    }
}
