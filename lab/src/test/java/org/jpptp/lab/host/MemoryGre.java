package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.wire.GreHeader;

/** The raw socket of one call of a {@link MemoryHost}. */
public final class MemoryGre implements GreSocket {
    private static final int ROOM = 1900;
    private static final long ICMP_NANOS = 100_000_000;
    private static final int ENOPROTOOPT = 92;

    private final MemoryHost host;
    private final MemoryLoop loop;
    private final Inet4Address peer;
    private final int callId;
    private final Listener listener;
    private final ByteBuf slot = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SLOT_HEADROOM + ROOM));
    private final List<ByteBuf> batch = new ArrayList<>();
    private boolean congested;
    private boolean closed;

    MemoryGre(MemoryHost host, MemoryLoop loop, Inet4Address peer, int callId, Listener listener) {
        this.host = host;
        this.loop = loop;
        this.peer = peer;
        this.callId = callId;
        this.listener = listener;
        host.add(line());
    }

    private String line() {
        return "gre to " + peer.getHostAddress() + " call " + callId;
    }

    Inet4Address peer() {
        return peer;
    }

    int callId() {
        return callId;
    }

    Listener listener() {
        return listener;
    }

    /** The kernel's queue is full, or has room again. */
    public void congested(boolean full) {
        congested = full;
        if (!full) {
            loop.execute(() -> {
                int unused = flush();
                listener.writable();
            });
        }
    }

    @Override
    public ByteBuf slot() {
        return slot.setIndex(SLOT_HEADROOM, SLOT_HEADROOM);
    }

    @Override
    public void send(ByteBuf packet) {
        batch.add(Unpooled.copiedBuffer(packet));
    }

    @Override
    public int flush() {
        if (congested || batch.isEmpty()) {
            return 0;
        }
        List<ByteBuf> sent = List.copyOf(batch);
        batch.clear();
        FarEnd server = host.server();
        switch (host.gre()) {
            case PASSES, COMES_FROM_ELSEWHERE, DROPPED_ON_ARRIVAL ->
                sent.forEach(packet -> host.network().datagram(() -> {
                    if (server != null) {
                        server.greReceived(packet);
                    }
                }));
            case VANISHES -> {}
            case UNREACHABLE -> {
                Future<?> unused = loop.schedule(
                        () -> {
                            if (!closed) {
                                int quoted = GreHeader.callId(sent.get(0));
                                listener.icmpError(new IcmpError(3, 2, ENOPROTOOPT, peer, 0, quoted));
                            }
                        },
                        ICMP_NANOS);
            }
            case FORBIDDEN -> {
                return Errno.EPERM.code();
            }
        }
        return 0;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public void close() {
        if (!closed) {
            int unused = flush();
            closed = true;
            loop.closed(this);
            host.remove(line());
        }
    }
}
