package org.jpptp.control.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes the payload of TCP port 1723 out of a classic pcap file of Ethernet frames, once each. */
final class CaptureReader {
    /** A segment with payload. */
    record Segment(boolean fromServer, ByteBuf payload) {}

    private static final int BIG_ENDIAN_MAGIC = 0xA1B2C3D4;
    private static final int ETHERNET = 1;
    private static final int VLAN = 0x8100;
    private static final int IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int PPTP_PORT = 1723;

    private CaptureReader() {}

    static List<Segment> read(String name) throws IOException {
        byte[] file;
        try (InputStream in =
                Objects.requireNonNull(CaptureReader.class.getResourceAsStream("/captures/" + name), name)) {
            file = in.readAllBytes();
        }
        ByteBuf pcap = Unpooled.wrappedBuffer(file);
        boolean bigEndian = pcap.getInt(0) == BIG_ENDIAN_MAGIC;
        if ((bigEndian ? pcap.getInt(20) : pcap.getIntLE(20)) != ETHERNET) {
            throw new IOException(new String(file, 0, 4, ISO_8859_1) + ": not a capture of Ethernet");
        }
        List<Segment> segments = new ArrayList<>();
        int[] next = new int[2];
        for (int at = 24; at < file.length; ) {
            int captured = bigEndian ? pcap.getInt(at + 8) : pcap.getIntLE(at + 8);
            frame(pcap.slice(at + 16, captured), next, segments);
            at += 16 + captured;
        }
        return segments;
    }

    private static void frame(ByteBuf frame, int[] next, List<Segment> segments) {
        int at = 12;
        while (frame.getUnsignedShort(at) == VLAN) {
            at += 4;
        }
        int ip = at + 2;
        if (frame.getUnsignedShort(at) != IPV4 || frame.getByte(ip + 9) != TCP) {
            return;
        }
        int tcp = ip + 4 * (frame.getByte(ip) & 0x0F);
        int end = ip + frame.getUnsignedShort(ip + 2);
        int payload = tcp + 4 * (frame.getUnsignedByte(tcp + 12) >>> 4);
        boolean fromServer = frame.getUnsignedShort(tcp) == PPTP_PORT;
        if (payload == end || !(fromServer || frame.getUnsignedShort(tcp + 2) == PPTP_PORT)) {
            return;
        }
        int direction = fromServer ? 1 : 0;
        int sequence = frame.getInt(tcp + 4);
        boolean retransmitted = next[direction] != 0 && sequence - next[direction] < 0;
        if (!retransmitted) {
            next[direction] = sequence + end - payload;
            segments.add(new Segment(fromServer, frame.slice(payload, end - payload)));
        }
    }
}
