package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jpptp.client.Offload;
import org.jspecify.annotations.Nullable;

/**
 * Joins datagrams on their way to the host that follow one another in one flow, so that one call takes many: TCP, and UDP
 * where the host knows how to take it apart. What leaves is what the host's own receive offload could have made of the
 * same datagrams; the order within a flow is kept. A datagram whose checksum is wrong goes alone, as it is, for the host
 * to drop.
 */
public final class Coalescer {
    /** Who takes the packets. */
    public interface Host {
        /**
         * Takes one packet.
         *
         * @param packet from its {@code virtio_net_hdr} on; borrowed
         * @param datagrams that are in it
         * @param octets of these datagrams
         */
        void write(ByteBuf packet, int datagrams, int octets);
    }

    private final Offload offload;
    private final TunBuffers buffers;
    private final Host host;
    private final TransportHeaders headers = new TransportHeaders();
    private int waiting;

    /**
     * @param offload what the host takes; nothing is joined below {@link Offload#TSO}
     * @param buffers of the loop
     */
    public Coalescer(Offload offload, TunBuffers buffers, Host host) {
        this.offload = offload;
        this.buffers = buffers;
        this.host = host;
    }

    /**
     * Gives one datagram to the host, now or with the next {@link #flush}.
     *
     * @param datagram from its IP header on, 64 KiB at most; borrowed
     */
    public void send(ByteBuf datagram) {
        int length = datagram.readableBytes();
        ByteBuffer from = datagram.internalNioBuffer(datagram.readerIndex(), length);
        int at = from.position();
        if (!headers.parse(from, at, length)) {
            flush(); // a fragment may belong to any flow
            alone(from, at, length);
            return;
        }
        if (offload.compareTo(headers.isTcp() ? Offload.TSO : Offload.USO) < 0) {
            alone(from, at, length);
            return;
        }
        join(from, at, length);
    }

    private void join(ByteBuffer from, int at, int length) {
        int hash = headers.flowHash(from, at);
        Aggregate open = waiting == 0 ? null : find(from, at, hash);
        if (open != null) {
            if (open.add(from, at, length, headers)) {
                if (open.isComplete(length - headers.length())) {
                    write(open);
                }
                return;
            }
            write(open);
        }
        if (!mayBegin(from, at, length)) {
            alone(from, at, length);
            return;
        }
        Aggregate fresh = buffers.take();
        if (fresh.begin(from, at, length, headers, hash)) {
            fresh.owner = this;
            waiting++;
        } else {
            host.write(fresh.unverified(), 1, length);
        }
    }

    private @Nullable Aggregate find(ByteBuffer from, int at, int hash) {
        for (int i = 0; i < TunBuffers.AGGREGATES; i++) {
            Aggregate aggregate = buffers.aggregate(i);
            if (aggregate.owner == this && aggregate.isFlowOf(from, at, headers, hash)) {
                return aggregate;
            }
        }
        return null;
    }

    /** What anything can follow: it has a payload, no options of IP, and of TCP's flags ACK only. */
    private boolean mayBegin(ByteBuffer from, int at, int length) {
        if (length == headers.length() || headers.hasOptions()) {
            return false;
        }
        int transport = at + headers.ipLength();
        return headers.isTcp()
                // the bits beside the offset are reserved, or a flag
                ? (from.getShort(transport + TransportHeaders.TCP_OFFSET) & 0x0FFF) == TransportHeaders.ACK
                : Aggregate.hasChecksum(from, transport);
    }

    private void alone(ByteBuffer from, int at, int length) {
        host.write(buffers.passing().alone(from, at, length), 1, length);
    }

    /** The host gets what waits. */
    public void flush() {
        for (int i = 0; i < TunBuffers.AGGREGATES && waiting > 0; i++) {
            Aggregate aggregate = buffers.aggregate(i);
            if (aggregate.owner == this) {
                write(aggregate);
            }
        }
    }

    /** Writes one of the aggregates that wait. */
    void write(Aggregate aggregate) {
        aggregate.owner = null;
        waiting--;
        host.write(aggregate.finish(), aggregate.segments(), aggregate.datagramOctets());
    }
}
