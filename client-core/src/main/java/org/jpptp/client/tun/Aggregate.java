package org.jpptp.client.tun;

import static org.jpptp.client.tun.TransportHeaders.number;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams of one flow that follow one another, joined in one packet: the inverse of segmentation, octet by octet. Only
 * what was verified gets in, because the packet's checksums are made anew.
 */
final class Aggregate {
    private static final int MAX_SEGMENTS = 64;
    private static final int MAX_OCTETS = 0xFFFF;
    /** Where packets are read to, so that the IP header is aligned. */
    private static final int HEADER = 6;

    private static final int BEGIN = HEADER + VnetHeader.OCTETS;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int ANY_STEP = -1;

    /** Who has to write it; null while nothing is in it. */
    @Nullable
    Coalescer owner;

    private final ByteBuffer octets = ByteBuffer.allocateDirect(BEGIN + MAX_OCTETS);
    private final ByteBuf packet = Unpooled.wrappedBuffer(octets);
    private final TransportHeaders headers = new TransportHeaders();
    private int flowHash;
    private int segmentSize;
    private int segments;
    private int end;
    private int nextSequence;
    private int lastId;
    private int idStep;

    /**
     * Begins with a datagram, which is copied in any case.
     *
     * @return whether its checksums are right; if not, it can only go {@linkplain #alone alone}
     */
    boolean begin(ByteBuffer from, int at, int length, TransportHeaders its, int hash) {
        headers.copyOf(its);
        flowHash = hash;
        segmentSize = length - its.length();
        segments = 1;
        end = BEGIN + length;
        nextSequence = from.getInt(at + its.ipLength() + TransportHeaders.TCP_SEQUENCE) + segmentSize;
        lastId = number(from, at + TransportHeaders.IPV4_ID);
        idStep = ANY_STEP;
        int ip = its.ipLength();
        octets.put(BEGIN, from, at, ip);
        long sum = its.pseudoHeader(from, at, length) + Checksum.copy(from, at + ip, octets, BEGIN + ip, length - ip);
        return Checksum.fold(sum) == Checksum.RIGHT && isIpHeaderRight(from, at);
    }

    /** A datagram that is given to the host as it is, whatever it is. */
    ByteBuf alone(ByteBuffer from, int at, int length) {
        octets.put(BEGIN, from, at, length);
        end = BEGIN + length;
        return unverified();
    }

    /** What {@link #begin} has not found right. */
    ByteBuf unverified() {
        VnetHeader.writeWhole(octets, HEADER, 0);
        return packet.setIndex(HEADER, end);
    }

    /** Whether the datagram belongs to the flow, so that it must not overtake what is here. */
    boolean isFlowOf(ByteBuffer from, int at, TransportHeaders its, int hash) {
        return flowHash == hash
                && headers.isIpv4() == its.isIpv4()
                && headers.isTcp() == its.isTcp()
                && its.isSameFlow(from, at, octets, BEGIN, headers.ipLength());
    }

    /** Adds the next datagram of the flow, or leaves everything as it is. */
    boolean add(ByteBuffer from, int at, int length, TransportHeaders its) {
        int payload = length - its.length();
        if (payload <= 0
                || payload > segmentSize
                || segments == MAX_SEGMENTS
                || end + payload > BEGIN + MAX_OCTETS
                || !headers.isSameKind(its)
                || !continuesIp(from, at)
                || (headers.isTcp()
                        ? !continuesTcp(from, at + headers.ipLength())
                        : !hasChecksum(from, at + headers.ipLength()))) {
            return false;
        }
        int ip = headers.ipLength();
        long sum = headers.pseudoHeader(from, at, length)
                + Checksum.sum(from, at + ip, headers.length() - ip)
                + Checksum.copy(from, at + headers.length(), octets, end, payload);
        if (Checksum.fold(sum) != Checksum.RIGHT || !isIpHeaderRight(from, at)) {
            return false;
        }
        if (headers.isIpv4()) {
            int id = number(from, at + TransportHeaders.IPV4_ID);
            idStep = id - lastId & 0xFFFF;
            lastId = id;
        }
        if (headers.isTcp()) {
            octets.put(BEGIN + ip + TransportHeaders.TCP_FLAGS, from.get(at + ip + TransportHeaders.TCP_FLAGS));
        }
        nextSequence += payload;
        end += payload;
        segments++;
        return true;
    }

    /** In UDP it may be left out (RFC 768), and what is not there cannot be verified. */
    static boolean hasChecksum(ByteBuffer from, int udp) {
        return from.getShort(udp + TransportHeaders.UDP_CHECKSUM) != 0;
    }

    /** Whether nothing may follow what was added last. */
    boolean isComplete(int lastPayload) {
        return lastPayload < segmentSize
                || segments == MAX_SEGMENTS
                || (headers.isTcp()
                        && (octets.get(BEGIN + headers.ipLength() + TransportHeaders.TCP_FLAGS) & TransportHeaders.PSH)
                                != 0);
    }

    private boolean continuesIp(ByteBuffer from, int at) {
        if (!headers.isIpv4()) {
            return from.getInt(at) == octets.getInt(BEGIN)
                    && from.getShort(at + IPV6_NEXT_HEADER) == octets.getShort(BEGIN + IPV6_NEXT_HEADER); // hop limit
        }
        int fragment = number(from, at + TransportHeaders.IPV4_FRAGMENT);
        int step = number(from, at + TransportHeaders.IPV4_ID) - lastId & 0xFFFF;
        // An id has no meaning where nothing may be fragmented (RFC 6864 §4.1), and some leave it the same.
        return (step == 1 || (step == 0 && (fragment & TransportHeaders.IPV4_DONT_FRAGMENT) != 0))
                && (idStep == ANY_STEP || step == idStep)
                && from.getShort(at) == octets.getShort(BEGIN) // header length, type of service
                && fragment == number(octets, BEGIN + TransportHeaders.IPV4_FRAGMENT)
                && from.getShort(at + TransportHeaders.IPV4_TTL) == octets.getShort(BEGIN + TransportHeaders.IPV4_TTL);
    }

    private boolean continuesTcp(ByteBuffer from, int tcp) {
        int mine = BEGIN + headers.ipLength();
        if (from.getInt(tcp + TransportHeaders.TCP_SEQUENCE) != nextSequence
                || (from.getShort(tcp + TransportHeaders.TCP_OFFSET) & ~TransportHeaders.PSH)
                        != octets.getShort(mine + TransportHeaders.TCP_OFFSET)
                || from.getInt(tcp + TransportHeaders.TCP_ACKNOWLEDGEMENT)
                        != octets.getInt(mine + TransportHeaders.TCP_ACKNOWLEDGEMENT)
                || from.getShort(tcp + TransportHeaders.TCP_WINDOW)
                        != octets.getShort(mine + TransportHeaders.TCP_WINDOW)
                || from.getShort(tcp + TransportHeaders.TCP_URGENT)
                        != octets.getShort(mine + TransportHeaders.TCP_URGENT)) {
            return false;
        }
        int length = headers.length() - headers.ipLength();
        for (int i = TransportHeaders.TCP_OCTETS; i < length; i += Integer.BYTES) {
            if (from.getInt(tcp + i) != octets.getInt(mine + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isIpHeaderRight(ByteBuffer from, int at) {
        return !headers.isIpv4() || Checksum.fold(Checksum.sum(from, at, headers.ipLength())) == Checksum.RIGHT;
    }

    /** The packet as the host takes it, from its {@code virtio_net_hdr} on; nothing may be added afterwards. */
    ByteBuf finish() {
        if (segments == 1) {
            VnetHeader.writeWhole(octets, HEADER, VnetHeader.CHECKSUM_VALID);
            return packet.setIndex(HEADER, end);
        }
        int length = end - BEGIN;
        headers.writeLengths(octets, BEGIN, length);
        int checksum = BEGIN + headers.ipLength() + headers.checksumOffset();
        octets.putShort(checksum, (short) Checksum.fold(headers.pseudoHeader(octets, BEGIN, length)));
        int tcp = headers.isIpv4() ? VnetHeader.TCP4 : VnetHeader.TCP6;
        VnetHeader.writeSegmented(octets, HEADER, headers.isTcp() ? tcp : VnetHeader.UDP, segmentSize, headers);
        return packet.setIndex(HEADER, end);
    }

    /** How many datagrams are in it. */
    int segments() {
        return segments;
    }

    /** Their octets, each with its headers. */
    int datagramOctets() {
        return end - BEGIN + (segments - 1) * headers.length();
    }
}
