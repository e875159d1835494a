package org.jpptp.lab.oracle;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classic capture file of either byte order, with what PPTP consists of taken out of it: the two directions of every
 * TCP connection to port 1723, and GRE packets. Ethernet, VLAN tags, IPv4 and IPv6 are taken off, also IPv4 inside IPv6.
 */
public final class PcapFile {
    /**
     * A GRE packet.
     *
     * @param micros when it was captured, in microseconds since 1970
     * @param octets from the GRE header on; shared by all readers: leave its indexes alone
     */
    public record GrePacket(long micros, String source, String destination, ByteBuf octets) {}

    private static final int MAGIC = 0xA1B2C3D4;
    private static final int MAGIC_SWAPPED = 0xD4C3B2A1;
    private static final int MAGIC_NANOS = 0xA1B23C4D;
    private static final int MAGIC_NANOS_SWAPPED = 0x4D3CB2A1;
    private static final int FILE_HEADER = 24;
    private static final int ETHERNET = 1;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_QINQ = 0x88A8;
    private static final int TYPE_IPV6 = 0x86DD;

    private static final int PROTOCOL_IPV4 = 4;
    private static final int PROTOCOL_TCP = 6;
    private static final int PROTOCOL_GRE = 47;
    private static final int PPTP_PORT = 1723;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final List<GrePacket> gre = new ArrayList<>();
    private final Map<String, TcpDirection> tcp = new LinkedHashMap<>();

    /** Of the packet that is being read. */
    private long micros;

    private PcapFile(ByteBuf file) {
        int magic = file.getInt(0);
        boolean littleEndian = magic == MAGIC_SWAPPED || magic == MAGIC_NANOS_SWAPPED;
        if (!littleEndian && magic != MAGIC && magic != MAGIC_NANOS) {
            throw new IllegalArgumentException("no classic capture file");
        }
        int linkType = littleEndian ? file.getIntLE(20) : file.getInt(20);
        if (linkType != ETHERNET) {
            throw new IllegalArgumentException("link type " + linkType + ", not Ethernet");
        }
        boolean nanos = magic == MAGIC_NANOS || magic == MAGIC_NANOS_SWAPPED;
        file.readerIndex(FILE_HEADER);
        while (file.isReadable()) {
            long seconds = littleEndian ? file.readUnsignedIntLE() : file.readUnsignedInt();
            long part = littleEndian ? file.readUnsignedIntLE() : file.readUnsignedInt();
            micros = seconds * MICROS_PER_SECOND + (nanos ? part / NANOS_PER_MICRO : part);
            int length = littleEndian ? file.readIntLE() : file.readInt();
            file.skipBytes(4); // length before it was cut
            ethernet(file.readSlice(length));
        }
    }

    /**
     * Reads the whole file.
     *
     * @throws IllegalArgumentException where it is none, or is damaged
     */
    public static PcapFile read(Path path) throws IOException {
        return of(Unpooled.wrappedBuffer(Files.readAllBytes(path)));
    }

    /** The same of a file's octets. */
    public static PcapFile of(ByteBuf file) {
        try {
            return new PcapFile(file);
        } catch (IndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("a damaged capture file", cut);
        }
    }

    /** The GRE packets in the file's order. */
    public List<GrePacket> grePackets() {
        return List.copyOf(gre);
    }

    /**
     * What was sent in each direction of the connections to port 1723, retransmissions removed; the keys are {@code
     * source:port > destination:port}, in the order of their first packets.
     */
    public Map<String, byte[]> controlStreams() {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        tcp.forEach((name, direction) -> streams.put(name, direction.octets()));
        return streams;
    }

    private void ethernet(ByteBuf frame) {
        frame.skipBytes(12);
        int type = frame.readUnsignedShort();
        while (type == TYPE_VLAN || type == TYPE_QINQ) {
            frame.skipBytes(2);
            type = frame.readUnsignedShort();
        }
        if (type == TYPE_IPV4) {
            ipv4(frame, Level.OUTER);
        } else if (type == TYPE_IPV6) {
            ipv6(frame);
        }
    }

    /** Where a datagram was found. */
    private enum Level {
        OUTER,
        /** In another datagram; it holds none itself. */
        INNER
    }

    private void ipv4(ByteBuf datagram, Level level) {
        int start = datagram.readerIndex();
        int headerLength = (datagram.getByte(start) & 0x0F) * 4;
        int totalLength = datagram.getUnsignedShort(start + 2);
        boolean laterFragment = (datagram.getUnsignedShort(start + 6) & 0x1FFF) != 0;
        if (laterFragment) {
            return;
        }
        String source = address(datagram, start + 12);
        String destination = address(datagram, start + 16);
        // The Ethernet frame may be padded, and a capture may have been cut.
        int payloadLength = Math.min(totalLength, datagram.readableBytes()) - headerLength;
        payload(
                datagram.getUnsignedByte(start + 9),
                source,
                destination,
                datagram.slice(start + headerLength, payloadLength),
                level);
    }

    private void ipv6(ByteBuf datagram) {
        int start = datagram.readerIndex();
        int payloadLength = Math.min(datagram.getUnsignedShort(start + 4), datagram.readableBytes() - 40);
        String source = ByteBufUtil.hexDump(datagram, start + 8, 16);
        String destination = ByteBufUtil.hexDump(datagram, start + 24, 16);
        payload(
                datagram.getUnsignedByte(start + 6),
                source,
                destination,
                datagram.slice(start + 40, payloadLength),
                Level.OUTER);
    }

    private void payload(int protocol, String source, String destination, ByteBuf payload, Level level) {
        switch (protocol) {
            case PROTOCOL_IPV4 -> {
                if (level == Level.OUTER) {
                    ipv4(payload, Level.INNER);
                }
            }
            case PROTOCOL_GRE -> gre.add(new GrePacket(micros, source, destination, payload));
            case PROTOCOL_TCP -> tcp(source, destination, payload);
            default -> {
                // Not PPTP's.
            }
        }
    }

    private void tcp(String source, String destination, ByteBuf segment) {
        int from = segment.getUnsignedShort(0);
        int to = segment.getUnsignedShort(2);
        if (from != PPTP_PORT && to != PPTP_PORT) {
            return;
        }
        int headerLength = (segment.getUnsignedByte(12) >> 4) * 4;
        boolean syn = (segment.getUnsignedByte(13) & 0x02) != 0;
        tcp.computeIfAbsent(source + ":" + from + " > " + destination + ":" + to, name -> new TcpDirection())
                .segment(
                        segment.getInt(4) + (syn ? 1 : 0),
                        ByteBufUtil.getBytes(segment, headerLength, segment.readableBytes() - headerLength));
    }

    private static String address(ByteBuf octets, int at) {
        return octets.getUnsignedByte(at) + "." + octets.getUnsignedByte(at + 1) + "." + octets.getUnsignedByte(at + 2)
                + "." + octets.getUnsignedByte(at + 3);
    }
}
