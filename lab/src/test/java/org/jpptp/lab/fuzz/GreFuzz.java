package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.time.Duration;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.Trust;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;

/** A GRE tunnel as a sequence of datagrams, payloads of ours and time. */
public final class GreFuzz {
    private static final int STEPS = 512;
    private static final int LOCAL_CALL = 0x1234;
    private static final int PEER_CALL = 0x5678;
    private static final int HELD = 512;
    /** Packets in a row that a peer needs at most to be believed again (RUN of the window, and the ones before it). */
    private static final int RUN = 8;

    /** The first octet of a payload that the receiver takes for proven. */
    private static final byte PROVEN = 3;

    private static final Inet4Address PEER = Packets.address("192.0.2.1");
    private static final Inet4Address US = Packets.address("192.0.2.2");

    private GreFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        Recorder recorder = new Recorder();
        GreTunnel tunnel = new GreTunnel(GreConfig.standard(LOCAL_CALL, PEER_CALL), recorder);
        long now = 1_000_000_000L;
        for (int step = 0; step < STEPS && !input.isEmpty(); step++) {
            recorder.calls++;
            switch (input.below(8)) {
                case 0, 1 -> receive(tunnel, payload(input.number32(), input.chunk()), now);
                case 2 -> receive(tunnel, payload(input.octet(), input.chunk()), now);
                case 3 -> {
                    byte[] gre = input.chunk();
                    headerStandsForItself(gre);
                    receive(tunnel, Packets.ipv4(Packets.GRE, PEER, US, gre), now);
                }
                case 4 -> receive(tunnel, Unpooled.wrappedBuffer(input.chunk()), now);
                case 5 -> {
                    byte[] frame = input.chunk();
                    ByteBuf roomy = Unpooled.buffer(GreTunnel.HEADROOM + frame.length)
                            .setIndex(GreTunnel.HEADROOM, GreTunnel.HEADROOM)
                            .writeBytes(frame);
                    tunnel.send(roomy, now);
                    kept(
                            roomy.readerIndex() == GreTunnel.HEADROOM && roomy.readableBytes() == frame.length,
                            "the frame's indices are as before");
                }
                case 6 -> {
                    now += Duration.ofMillis(input.octet()).toNanos();
                    tunnel.onDeadline(now);
                }
                default -> tunnel.batchEnd(now);
            }
            kept(recorder.delivered <= recorder.calls, "nothing is delivered that did not come");
            kept(recorder.transmitted <= 2L * recorder.calls, "acknowledgements are no more than what came");
        }
        for (int wake = 0; wake < HELD && tunnel.deadlineNanos() != Long.MAX_VALUE; wake++) {
            now = Math.max(now, tunnel.deadlineNanos());
            tunnel.onDeadline(now);
        }
        kept(tunnel.deadlineNanos() == Long.MAX_VALUE, "what is held is given up in bounded time");
        usableAfterwards(tunnel, recorder, now + Duration.ofSeconds(2).toNanos());
    }

    /** A peer that counts from anywhere is heard again after a quiet time. */
    private static void usableAfterwards(GreTunnel tunnel, Recorder recorder, long now) {
        long before = recorder.delivered;
        for (int sequence = 1_000_000; sequence < 1_000_000 + 2 * RUN; sequence++) {
            // Where nothing was taken before, the first of them begins the quiet time.
            long quiet = sequence < 1_000_000 + RUN ? 0 : Duration.ofSeconds(1).toNanos();
            receive(tunnel, payload(sequence, new byte[] {PROVEN}), now + quiet);
        }
        tunnel.onDeadline(now + Duration.ofSeconds(2).toNanos());
        kept(recorder.delivered > before, "the tunnel is usable afterwards");
    }

    /** What the raw socket does before. */
    private static void receive(GreTunnel tunnel, ByteBuf datagram, long now) {
        if (new GreDatagram(PEER).unwrap(datagram) == GreDatagram.Result.OK) {
            tunnel.receive(datagram, GreHeader.callId(datagram), now);
        }
    }

    private static void headerStandsForItself(byte[] octets) {
        ByteBuf packet = Unpooled.wrappedBuffer(octets);
        GreHeader header = new GreHeader();
        if (header.parse(packet, 0, octets.length) == GreHeader.Result.OK) {
            kept(
                    header.payloadIndex() >= 8 && header.payloadIndex() + header.payloadLength() <= octets.length,
                    "the payload is inside of the packet");
        }
    }

    private static ByteBuf payload(int sequence, byte[] payload) {
        ByteBuf packet = Unpooled.buffer(GreTunnel.HEADROOM + payload.length)
                .setIndex(GreTunnel.HEADROOM, GreTunnel.HEADROOM)
                .writeBytes(payload);
        GreHeader.prepend(packet, LOCAL_CALL, sequence);
        byte[] octets = new byte[packet.readableBytes()];
        packet.readBytes(octets);
        return Packets.ipv4(Packets.GRE, PEER, US, octets);
    }

    private static final class Recorder implements GreOutput {
        private long calls;
        private long delivered;
        private long transmitted;

        @Override
        public void transmit(ByteBuf packet) {
            transmitted++;
        }

        @Override
        public Trust deliver(ByteBuf frame, int sequence, long now) {
            kept(frame.isReadable(), "an empty payload is not delivered");
            delivered++;
            Trust[] verdicts = Trust.values();
            return verdicts[frame.getUnsignedByte(frame.readerIndex()) % verdicts.length];
        }
    }
}
