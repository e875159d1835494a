package org.jpptp.client.driver;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;

/**
 * A raw socket whose packets are told, a line each, such as {@code sent [GRE seq=5 ack=3 call=7, 32 octets]}. Put in only
 * where somebody wants to read it, since it costs more than the packet.
 */
final class TracedGre implements GreSocket {
    // RFC 2637 §4.1
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int CALL_ID_AT = 6;
    private static final int SEQUENCE_BIT = 0x1000;
    private static final int ACKNOWLEDGEMENT_BIT = 0x0080;

    private final GreSocket socket;
    private final Consumer<String> trace;

    TracedGre(GreSocket socket, Consumer<String> trace) {
        this.socket = socket;
        this.trace = trace;
    }

    /** Tells what arrives, before anybody else hears of it. */
    static GreSocket.Listener listening(GreSocket.Listener listener, Consumer<String> trace) {
        return new Listener() {
            @Override
            public void received(ByteBuf packet, int callId) {
                trace.accept("rcvd [" + describe(packet) + "]");
                listener.received(packet, callId);
            }

            @Override
            public void batchEnd(int datagrams) {
                listener.batchEnd(datagrams);
            }

            @Override
            public void writable() {
                listener.writable();
            }

            @Override
            public void icmpError(IcmpError error) {
                listener.icmpError(error);
            }

            @Override
            public void failed(int errno) {
                listener.failed(errno);
            }
        };
    }

    /** Of any octets. */
    static String describe(ByteBuf packet) {
        int start = packet.readerIndex();
        int octets = packet.readableBytes();
        if (octets < HEADER) {
            return "GRE, " + octets + " octets";
        }
        int flags = packet.getUnsignedShort(start);
        StringBuilder text = new StringBuilder("GRE");
        int at = HEADER;
        if ((flags & SEQUENCE_BIT) != 0 && octets >= at + Integer.BYTES) {
            text.append(" seq=").append(packet.getUnsignedInt(start + at));
            at += Integer.BYTES;
        }
        if ((flags & ACKNOWLEDGEMENT_BIT) != 0 && octets >= at + Integer.BYTES) {
            text.append(" ack=").append(packet.getUnsignedInt(start + at));
        }
        return text.append(" call=")
                .append(packet.getUnsignedShort(start + CALL_ID_AT))
                .append(", ")
                .append(packet.getUnsignedShort(start + LENGTH_AT))
                .append(" octets")
                .toString();
    }

    @Override
    public ByteBuf slot() {
        return socket.slot();
    }

    @Override
    public void send(ByteBuf packet) {
        trace.accept("sent [" + describe(packet) + "]");
        socket.send(packet);
    }

    @Override
    public int flush() {
        return socket.flush();
    }

    @Override
    public boolean isCongested() {
        return socket.isCongested();
    }

    @Override
    public void close() {
        socket.close();
    }
}
