package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes datagrams of IP into a new pcapng file, with nanoseconds, an interface for each name. */
public final class PcapngWriter implements Closeable, Flushable {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final int PACKET = 6;
    private static final int RAW_IP = 101;

    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_DESCRIPTION = 3;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final int OPTION_RECEIVED = 4;
    private static final int OPTION_DROPPED = 5;
    private static final int NANOSECONDS = 9;
    /** What an option can be long at most, and more than anybody reads. */
    private static final int LONGEST_TEXT = 4096;

    private final DataOutputStream out;
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();
    private final Map<Integer, Long> written = new TreeMap<>();
    private long lastNanos;

    /** Which way a packet goes, seen from the client's host (the direction bits of {@code epb_flags}). */
    public enum Direction {
        RECEIVED(1),
        SENT(2);

        private final int bits;

        Direction(int bits) {
            this.bits = bits;
        }
    }

    /**
     * A packet.
     *
     * @param source the interface's name
     * @param nanos since 1970
     * @param octets IPv4 or IPv6; its indexes are left alone
     * @param original how many octets it has in truth, where it is cut
     * @param comment what is said of it, empty for nothing
     */
    public record Packet(
            String source, long nanos, Direction direction, ByteBuf octets, int original, String comment) {}

    /** @param out closed with this */
    public PcapngWriter(OutputStream out) throws IOException {
        this(out, "");
    }

    /**
     * A file that says who wrote it.
     *
     * @param out closed with this
     * @param application name and version, empty for nobody
     */
    public PcapngWriter(OutputStream out, String application) throws IOException {
        this.out = new DataOutputStream(out);
        Body body = new Body();
        body.writeInt(0x1A2B3C4D);
        body.writeShort(1);
        body.writeShort(0);
        body.writeLong(-1); // its length is not known
        body.text(OPTION_APPLICATION, application);
        body.end();
        block(SECTION, body);
    }

    /** A block's octets, and the options behind them. */
    private static final class Body extends DataOutputStream {
        private final ByteArrayOutputStream octets;
        private boolean hasOptions;

        Body() {
            this(new ByteArrayOutputStream());
        }

        private Body(ByteArrayOutputStream octets) {
            super(octets);
            this.octets = octets;
        }

        void pad() throws IOException {
            while (size() % 4 != 0) {
                writeByte(0);
            }
        }

        void option(int code, int length) throws IOException {
            hasOptions = true;
            writeShort(code);
            writeShort(length);
        }

        /** Nothing where the text is empty. */
        void text(int code, String text) throws IOException {
            byte[] encoded =
                    text.substring(0, Math.min(text.length(), LONGEST_TEXT)).getBytes(StandardCharsets.UTF_8);
            if (encoded.length > 0) {
                option(code, encoded.length);
                write(encoded);
                pad();
            }
        }

        void number(int code, long value) throws IOException {
            option(code, Long.BYTES);
            writeLong(value);
        }

        void end() throws IOException {
            if (hasOptions) {
                writeInt(0);
            }
        }
    }

    /**
     * Writes a packet.
     *
     * @param source the interface's name
     * @param nanos since 1970
     * @param datagram IPv4 or IPv6; its indexes are left alone
     */
    public void write(String source, long nanos, Direction direction, ByteBuf datagram) throws IOException {
        write(new Packet(source, nanos, direction, datagram, datagram.readableBytes(), ""));
    }

    /** Writes a packet. */
    public void write(Packet packet) throws IOException {
        Integer known = interfaces.get(packet.source());
        int number = known == null ? describe(packet.source(), "") : known;
        long nanos = packet.nanos() == Frame.NO_TIME ? 0 : packet.nanos();
        Body body = new Body();
        body.writeInt(number);
        body.writeLong(nanos);
        body.writeInt(packet.octets().readableBytes());
        body.writeInt(packet.original());
        body.write(ByteBufUtil.getBytes(packet.octets()));
        body.pad();
        body.text(OPTION_COMMENT, packet.comment());
        body.option(OPTION_FLAGS, Integer.BYTES);
        body.writeInt(packet.direction().bits);
        body.end();
        block(PACKET, body);
        written.merge(number, 1L, Long::sum);
        lastNanos = nanos;
    }

    /**
     * Describes an interface before its first packet, which one does that is not described.
     *
     * @param description of what is seen there, empty for nothing
     */
    public final int describe(String source, String description) throws IOException {
        int number = interfaces.size();
        interfaces.put(source, number);
        Body body = new Body();
        body.writeShort(RAW_IP);
        body.writeShort(0);
        body.writeInt(0);
        body.text(OPTION_NAME, source);
        body.text(OPTION_DESCRIPTION, description);
        body.option(OPTION_RESOLUTION, 1);
        body.writeByte(NANOSECONDS);
        body.pad();
        body.end();
        block(INTERFACE, body);
        return number;
    }

    /**
     * Says at the end what the file lacks of an interface.
     *
     * @param dropped packets that were not written, since there was no room for them
     */
    public void statistics(String source, long dropped) throws IOException {
        Integer number = interfaces.get(source);
        if (number != null) {
            Body body = new Body();
            body.writeInt(number);
            body.writeLong(lastNanos);
            body.number(OPTION_RECEIVED, written.getOrDefault(number, 0L) + dropped);
            body.number(OPTION_DROPPED, dropped);
            body.end();
            block(STATISTICS, body);
        }
    }

    private void block(int type, Body body) throws IOException {
        int length = body.size() + 12;
        out.writeInt(type);
        out.writeInt(length);
        body.octets.writeTo(out);
        out.writeInt(length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
