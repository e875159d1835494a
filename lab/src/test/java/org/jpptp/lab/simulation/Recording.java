package org.jpptp.lab.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.util.function.LongSupplier;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.TransportEnd;
import org.jspecify.annotations.Nullable;

/** A capture of everything that passes at a simulated client's host, as a program beside it would take it. */
final class Recording {
    private static final int RAW_IP = 101;
    private static final int CLIENT_PORT = 49152;
    private static final int PPTP_PORT = 1723;
    private static final int TCP = 6;
    private static final int GRE = 47;
    private static final int ICMP = 1;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;

    private final LongSupplier now;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final DataOutputStream file = new DataOutputStream(octets);
    private int sent = 1000;
    private int received = 5000;
    private boolean closed;

    Recording(LongSupplier now) {
        this.now = now;
        try {
            file.writeInt(0xA1B23C4D); // with nanoseconds
            file.writeShort(2);
            file.writeShort(4);
            file.writeLong(0);
            file.writeInt(65535);
            file.writeInt(RAW_IP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TCP connects. */
    void connected() {
        tcp(Side.CLIENT, SYN, new byte[0]);
        tcp(Side.SERVER, SYN | ACK, new byte[0]);
    }

    /** The client says something on its control connection. */
    void controlSent(ByteBuf message) {
        tcp(Side.CLIENT, PSH | ACK, ByteBufUtil.getBytes(message));
    }

    /** The server does. */
    void controlReceived(ByteBuf message) {
        tcp(Side.SERVER, PSH | ACK, ByteBufUtil.getBytes(message));
    }

    /** The server closes its end, or breaks it off. */
    void serverCloses(TransportEnd how) {
        if (!closed && how.kind() != TransportEnd.Kind.UNREAD) {
            closed = true;
            tcp(Side.SERVER, how.kind() == TransportEnd.Kind.BROKEN ? RST : FIN | ACK, new byte[0]);
        }
    }

    /** The client closes its end. */
    void clientCloses() {
        closed = true;
        tcp(Side.CLIENT, FIN | ACK, new byte[0]);
    }

    void greSent(ByteBuf packet) {
        write(SimulatedTunnel.CLIENT, SimulatedTunnel.SERVER, GRE, ByteBufUtil.getBytes(packet));
    }

    void greReceived(ByteBuf packet) {
        write(SimulatedTunnel.SERVER, SimulatedTunnel.CLIENT, GRE, ByteBufUtil.getBytes(packet));
    }

    /** Nobody there takes the client's GRE. */
    void protocolUnreachable(Inet4Address offender, int quotedCallId) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream message = new DataOutputStream(body);
            message.writeByte(3);
            message.writeByte(2);
            message.writeShort(0);
            message.writeInt(0);
            message.write(header(SimulatedTunnel.CLIENT, SimulatedTunnel.SERVER, GRE, 8));
            message.writeInt(0x3001880B);
            message.writeShort(0);
            message.writeShort(quotedCallId);
            write(offender, SimulatedTunnel.CLIENT, ICMP, body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tcp(Side from, int flags, byte[] data) {
        try {
            boolean fromClient = from == Side.CLIENT;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream segment = new DataOutputStream(body);
            segment.writeShort(fromClient ? CLIENT_PORT : PPTP_PORT);
            segment.writeShort(fromClient ? PPTP_PORT : CLIENT_PORT);
            segment.writeInt(fromClient ? sent : received);
            segment.writeInt(fromClient ? received : sent);
            segment.writeByte(5 << 4);
            segment.writeByte(flags);
            segment.writeShort(65535);
            segment.writeInt(0);
            segment.write(data);
            int length = data.length + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
            if (fromClient) {
                sent += length;
                write(SimulatedTunnel.CLIENT, SimulatedTunnel.SERVER, TCP, body.toByteArray());
            } else {
                received += length;
                write(SimulatedTunnel.SERVER, SimulatedTunnel.CLIENT, TCP, body.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] header(Inet4Address from, Inet4Address to, int protocol, int length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(body);
        header.writeShort(0x4500);
        header.writeShort(20 + length);
        header.writeInt(0);
        header.writeByte(64);
        header.writeByte(protocol);
        header.writeShort(0);
        header.write(from.getAddress());
        header.write(to.getAddress());
        return body.toByteArray();
    }

    private void write(Inet4Address from, Inet4Address to, int protocol, byte[] payload) {
        try {
            long nanos = now.getAsLong();
            file.writeInt((int) (nanos / 1_000_000_000L));
            file.writeInt((int) (nanos % 1_000_000_000L));
            file.writeInt(20 + payload.length);
            file.writeInt(20 + payload.length);
            file.write(header(from, to, protocol, payload.length));
            file.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The capture file. */
    byte[] file() {
        return octets.toByteArray();
    }

    /** What it comes to. */
    Explained explained(@Nullable Decryption decryption) {
        try {
            Explanation explanation = new Explainer(decryption, Explainer.Show.BEGINNINGS)
                    .explain("recording", new ByteArrayInputStream(file()));
            return explanation.calls().get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
