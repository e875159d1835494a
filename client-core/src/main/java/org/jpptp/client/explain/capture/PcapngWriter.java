package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes datagrams of IP into a new pcapng file, with nanoseconds, an interface for each name. */
public final class PcapngWriter implements Closeable {
    private static final int RAW_IP = 101;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final int NANOSECONDS = 9;

    private final DataOutputStream out;
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();

    /** Which way a packet goes, seen from the client's host (the direction bits of {@code epb_flags}). */
    public enum Direction {
        RECEIVED(1),
        SENT(2);

        private final int bits;

        Direction(int bits) {
            this.bits = bits;
        }
    }

    /** @param out closed with this */
    public PcapngWriter(OutputStream out) throws IOException {
        this.out = new DataOutputStream(out);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(octets);
        body.writeInt(0x1A2B3C4D);
        body.writeShort(1);
        body.writeShort(0);
        body.writeLong(-1); // its length is not known
        block(0x0A0D0D0A, octets);
    }

    /**
     * Writes a packet.
     *
     * @param source the interface's name
     * @param nanos since 1970
     * @param datagram IPv4 or IPv6; its indexes are left alone
     */
    public void write(String source, long nanos, Direction direction, ByteBuf datagram) throws IOException {
        Integer known = interfaces.get(source);
        int number = known == null ? describe(source) : known;
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(octets);
        body.writeInt(number);
        body.writeLong(nanos == Frame.NO_TIME ? 0 : nanos);
        body.writeInt(datagram.readableBytes());
        body.writeInt(datagram.readableBytes());
        body.write(ByteBufUtil.getBytes(datagram));
        pad(body);
        body.writeShort(OPTION_FLAGS);
        body.writeShort(4);
        body.writeInt(direction.bits);
        body.writeInt(0); // end of options
        block(6, octets);
    }

    private int describe(String source) throws IOException {
        int number = interfaces.size();
        interfaces.put(source, number);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(octets);
        body.writeShort(RAW_IP);
        body.writeShort(0);
        body.writeInt(0);
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        body.writeShort(OPTION_NAME);
        body.writeShort(name.length);
        body.write(name);
        pad(body);
        body.writeShort(OPTION_RESOLUTION);
        body.writeShort(1);
        body.writeByte(NANOSECONDS);
        pad(body);
        body.writeInt(0);
        block(1, octets);
        return number;
    }

    private static void pad(DataOutputStream body) throws IOException {
        while (body.size() % 4 != 0) {
            body.writeByte(0);
        }
    }

    private void block(int type, ByteArrayOutputStream body) throws IOException {
        int length = body.size() + 12;
        out.writeInt(type);
        out.writeInt(length);
        body.writeTo(out);
        out.writeInt(length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
