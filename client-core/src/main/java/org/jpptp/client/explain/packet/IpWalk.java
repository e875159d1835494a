package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Finds what PPTP consists of in IP, which may lie in other IP, and in GRE that is not PPTP's. */
final class IpWalk {
    private static final int ICMP = 1;
    private static final int IPV4 = 4;
    private static final int TCP = 6;
    private static final int IPV6 = 41;
    private static final int GRE = 47;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int DEEPEST = 4;
    private static final int MOST_EXTENSIONS = 8;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;

    /** Who is told. Addresses are IPv4's, as numbers. */
    interface Sink {
        /**
         * A segment from the TCP header on.
         *
         * @param missing octets at its end that were not captured
         */
        void tcp(int source, int destination, ByteBuf segment, int missing);

        /**
         * A packet from the GRE header on.
         *
         * @param missing octets at its end that were not captured
         */
        void gre(int source, int destination, ByteBuf packet, int missing);

        void icmp(int source, int destination, ByteBuf message);

        /** GRE that is not PPTP's. */
        void otherGre();
    }

    private final Sink sink;
    private final Fragments fragments = new Fragments();

    IpWalk(Sink sink) {
        this.sink = sink;
    }

    /** Looks at an IP packet of either version; what is no IP is passed over. */
    void walk(ByteBuf packet) {
        walk(packet, 0);
    }

    private void walk(ByteBuf packet, int depth) {
        if (!packet.isReadable() || depth > DEEPEST) {
            return;
        }
        switch (packet.getUnsignedByte(packet.readerIndex()) >> 4) {
            case 4 -> ipv4(packet, depth);
            case 6 -> ipv6(packet, depth);
            default -> {
                // No IP.
            }
        }
    }

    private void ipv4(ByteBuf packet, int depth) {
        int start = packet.readerIndex();
        if (packet.readableBytes() < IPV4_HEADER) {
            return;
        }
        int header = (packet.getByte(start) & 0x0f) * 4;
        int total = packet.getUnsignedShort(start + 2);
        if (total == 0) {
            total = packet.readableBytes(); // segmentation was left to the network card
        }
        if (header < IPV4_HEADER || header > total || header > packet.readableBytes()) {
            return;
        }
        int length = total - header;
        int available = Math.min(length, packet.readableBytes() - header);
        ByteBuf payload = packet.slice(start + header, available);
        int protocol = packet.getUnsignedByte(start + 9);
        int source = packet.getInt(start + 12);
        int destination = packet.getInt(start + 16);
        int fragment = packet.getUnsignedShort(start + 6);
        int missing = length - available;
        if ((fragment & 0x3fff) != 0) {
            ByteBuf joined = fragments.take(
                    source,
                    destination,
                    packet.getUnsignedShort(start + 4),
                    protocol,
                    payload,
                    (fragment & 0x1fff) * 8,
                    (fragment & 0x2000) != 0,
                    missing);
            if (joined == null) {
                return;
            }
            missing = fragments.missing();
            payload = joined;
        }
        payload(protocol, source, destination, payload, missing, depth);
    }

    /** RFC 8200 §4; PPTP itself never uses it, but may be carried in it. */
    private void ipv6(ByteBuf packet, int depth) {
        int start = packet.readerIndex();
        if (packet.readableBytes() < IPV6_HEADER) {
            return;
        }
        int next = packet.getUnsignedByte(start + 6);
        ByteBuf rest = packet.slice(start + IPV6_HEADER, packet.readableBytes() - IPV6_HEADER);
        for (int i = 0; i < MOST_EXTENSIONS && isExtension(next) && rest.readableBytes() >= 8; i++) {
            int length = (rest.getUnsignedByte(rest.readerIndex() + 1) + 1) * 8;
            next = rest.getUnsignedByte(rest.readerIndex());
            if (length > rest.readableBytes()) {
                return;
            }
            rest.skipBytes(length);
        }
        switch (next) {
            case IPV4, IPV6 -> walk(rest, depth + 1);
            case GRE -> gre(null, null, rest, 0, depth);
            default -> {
                // Not PPTP's.
            }
        }
    }

    private static boolean isExtension(int next) {
        return next == 0 || next == 43 || next == 60;
    }

    private void payload(int protocol, int source, int destination, ByteBuf payload, int missing, int depth) {
        switch (protocol) {
            case ICMP -> sink.icmp(source, destination, payload);
            case TCP -> sink.tcp(source, destination, payload, missing);
            case IPV4, IPV6 -> walk(payload, depth + 1);
            case GRE -> gre(source, destination, payload, missing, depth);
            default -> {
                // Not PPTP's.
            }
        }
    }

    /** Version 1 is PPTP's (RFC 2637 §4.1); others may have IP in them, and PPTP in that (RFC 2784). */
    private void gre(@Nullable Integer source, @Nullable Integer destination, ByteBuf packet, int missing, int depth) {
        if (packet.readableBytes() < 4) {
            return;
        }
        int flags = packet.getUnsignedShort(packet.readerIndex());
        int type = packet.getUnsignedShort(packet.readerIndex() + 2);
        if ((flags & 7) == 1 && source != null && destination != null) {
            sink.gre(source, destination, packet, missing);
            return;
        }
        sink.otherGre();
        int header =
                4 + ((flags & 0x8000) != 0 ? 4 : 0) + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        if ((flags & 7) == 0 && (type == TYPE_IPV4 || type == TYPE_IPV6) && packet.readableBytes() > header) {
            walk(packet.slice(packet.readerIndex() + header, packet.readableBytes() - header), depth + 1);
        }
    }
}
