package org.jpptp.client.explain.decrypt;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import org.jpptp.client.explain.capture.PcapngWriter;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.packet.FrameListener;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** Decrypts the calls of a capture with one password, and writes what was inside. */
public final class Decryption implements FrameListener {
    private final Secret secret;
    private final @Nullable PcapngWriter out;
    private final IdentityHashMap<Call, Inspection> calls = new IdentityHashMap<>();
    private long written;

    /** @param out where the datagrams go; null for nowhere */
    public Decryption(Secret secret, @Nullable PcapngWriter out) {
        this.secret = secret;
        this.out = out;
    }

    @Override
    public void control(Call call, Side from, int protocol, ByteBuf packet) {
        of(call).control(call.asBegun(from), protocol, packet);
    }

    @Override
    public void datagram(Call call, Moment at, Side from, int protocol, ByteBuf octets, int skipped) {
        if (protocol == PppProtocol.COMPRESSED) {
            of(call).coded(call.asBegun(from), octets, skipped, datagram -> write(call, at, from, datagram));
        } else if (protocol == PppProtocol.IPV4 || protocol == PppProtocol.IPV6) {
            write(call, at, from, octets);
        }
    }

    private Inspection of(Call call) {
        return calls.computeIfAbsent(call, unknown -> new Inspection(secret));
    }

    private void write(Call call, Moment at, Side from, ByteBuf datagram) {
        PcapngWriter writer = out;
        if (writer == null) {
            return;
        }
        PcapngWriter.Direction direction =
                from == Side.CLIENT ? PcapngWriter.Direction.SENT : PcapngWriter.Direction.RECEIVED;
        String name = call.client().isEmpty() ? "ppp" : call.client() + " to " + call.server();
        try {
            writer.write(name, at.nanos(), direction, datagram);
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many datagrams were written. */
    public long written() {
        return written;
    }

    /** What came of a call; it is forgotten. Before its two sides are told apart once more. */
    public @Nullable Inspection inspected(Call call) {
        return calls.remove(call);
    }
}
