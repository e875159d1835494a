package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Makes datagrams of what the host sends through an interface with offload: completes checksums, and cuts what is larger
 * than the path takes (TCP and UDP segmentation). Each octet is copied once, into the place that it is sent from, and
 * summed on the way. Headers are not believed: what does not fit together is dropped and counted.
 */
public final class Segmenter {
    /** More than 64 KiB makes with any honest segment size. */
    static final int MAX_SEGMENTS = 2048;

    private final TunStats stats;
    private final TransportHeaders headers = new TransportHeaders();

    public Segmenter(TunStats stats) {
        this.stats = stats;
    }

    /**
     * Takes one packet.
     *
     * @param packet from its {@code virtio_net_hdr} on; borrowed
     * @param to gets the datagrams, and provides the buffers
     * @return how many datagrams
     */
    public int take(ByteBuf packet, TunDevice.Listener to) {
        int length = packet.readableBytes() - VnetHeader.OCTETS;
        if (length <= 0) {
            return malformed();
        }
        ByteBuffer from = packet.internalNioBuffer(packet.readerIndex(), packet.readableBytes());
        int header = from.position();
        int at = header + VnetHeader.OCTETS;
        int type = VnetHeader.gsoType(from, header);
        if (type == VnetHeader.WHOLE) {
            return (VnetHeader.flags(from, header) & VnetHeader.NEEDS_CHECKSUM) == 0
                    ? whole(from, at, length, to)
                    : complete(from, header, length, to);
        }
        return headers.parse(from, at, length) && isCuttable(from, header, type, length)
                ? cut(from, at, length, VnetHeader.gsoSize(from, header), to)
                : malformed();
    }

    private boolean isCuttable(ByteBuffer from, int header, int type, int length) {
        int size = VnetHeader.gsoSize(from, header);
        int payload = length - headers.length();
        return (type == VnetHeader.UDP
                        ? !headers.isTcp()
                        : headers.isTcp()
                                && (type & ~VnetHeader.ECN) == (headers.isIpv4() ? VnetHeader.TCP4 : VnetHeader.TCP6))
                && payload > 0
                && payload <= (long) size * MAX_SEGMENTS;
    }

    private int whole(ByteBuffer from, int at, int length, TunDevice.Listener to) {
        ByteBuf slot = to.buffer();
        if (slot.writableBytes() < length) {
            return tooLong();
        }
        ByteBuffer out = slot.internalNioBuffer(slot.writerIndex(), length);
        out.put(out.position(), from, at, length);
        return deliver(slot, length, to);
    }

    /** The checksum field has the pseudo-header's sum in it, so all from the start on adds up to the right one. */
    private int complete(ByteBuffer from, int header, int length, TunDevice.Listener to) {
        int start = VnetHeader.checksumStart(from, header);
        int offset = VnetHeader.checksumOffset(from, header);
        if (start + offset + Short.BYTES > length) {
            return malformed();
        }
        ByteBuf slot = to.buffer();
        if (slot.writableBytes() < length) {
            return tooLong();
        }
        int at = header + VnetHeader.OCTETS;
        ByteBuffer out = slot.internalNioBuffer(slot.writerIndex(), length);
        int begin = out.position();
        out.put(begin, from, at, start);
        long sum = Checksum.copy(from, at + start, out, begin + start, length - start);
        putChecksum(out, begin + start + offset, sum, offset == TransportHeaders.UDP_CHECKSUM);
        return deliver(slot, length, to);
    }

    private int cut(ByteBuffer from, int at, int length, int size, TunDevice.Listener to) {
        int headerLength = headers.length();
        int payload = length - headerLength;
        // Of an empty segment: the length is added to each.
        long pseudo = headers.pseudoHeader(from, at, headers.ipLength());
        int segments = 0;
        for (int done = 0; done < payload; done += size) {
            int now = Math.min(size, payload - done);
            int total = headerLength + now;
            ByteBuf slot = to.buffer();
            if (slot.writableBytes() < total) {
                tooLong();
                return segments;
            }
            ByteBuffer out = slot.internalNioBuffer(slot.writerIndex(), total);
            int begin = out.position();
            out.put(begin, from, at, headerLength);
            fixHeaders(out, begin, segments, done, done + now == payload);
            headers.writeLengths(out, begin, total);
            int transport = begin + headers.ipLength();
            int checksum = transport + headers.checksumOffset();
            out.putShort(checksum, (short) 0);
            long sum = pseudo
                    + Checksum.of(total - headers.ipLength())
                    + Checksum.sum(out, transport, headerLength - headers.ipLength())
                    + Checksum.copy(from, at + headerLength + done, out, begin + headerLength, now);
            putChecksum(out, checksum, sum, !headers.isTcp());
            segments += deliver(slot, total, to);
        }
        stats.superPacketsReceived++;
        return segments;
    }

    private void fixHeaders(ByteBuffer out, int begin, int segment, int done, boolean last) {
        if (headers.isIpv4()) {
            int id = begin + TransportHeaders.IPV4_ID;
            out.putShort(id, (short) (out.getShort(id) + segment));
        }
        if (headers.isTcp()) {
            int tcp = begin + headers.ipLength();
            int sequence = tcp + TransportHeaders.TCP_SEQUENCE;
            out.putInt(sequence, out.getInt(sequence) + done);
            int flags = out.get(tcp + TransportHeaders.TCP_FLAGS);
            if (!last) {
                flags &= ~(TransportHeaders.FIN | TransportHeaders.PSH);
            }
            if (segment > 0) {
                flags &= ~TransportHeaders.CWR;
            }
            out.put(tcp + TransportHeaders.TCP_FLAGS, (byte) flags);
        }
    }

    /** In UDP 0 stands for no checksum, and its other form is sent (RFC 768). */
    private static void putChecksum(ByteBuffer out, int at, long sum, boolean udp) {
        int checksum = ~Checksum.fold(sum) & 0xFFFF;
        out.putShort(at, (short) (checksum == 0 && udp ? 0xFFFF : checksum));
    }

    private int deliver(ByteBuf slot, int length, TunDevice.Listener to) {
        stats.received++;
        stats.receivedOctets += length;
        to.received(slot.writerIndex(slot.writerIndex() + length));
        return 1;
    }

    private int malformed() {
        stats.malformed++;
        return 0;
    }

    private int tooLong() {
        stats.tooLong++;
        return 0;
    }
}
