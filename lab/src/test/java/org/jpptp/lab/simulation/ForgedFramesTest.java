package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jpptp.client.session.FrameGate;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.PppTrace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One forged packet between any two genuine ones, by somebody who knows addresses, call ids and where the numbers are;
 * {@code -Djpptp.forged=10000000} for more of them.
 */
class ForgedFramesTest {
    private static final int FORGED = Integer.getInteger("jpptp.forged", 1_000_000);
    private static final int HEADROOM = 64;
    private static final int PAYLOAD = 40;
    private static final int GENUINE = 0x600D600D;
    private static final long STEP = 200_000L;

    private final SplittableRandom random = new SplittableRandom(47);
    private final Queue<Runnable> line = new ArrayDeque<>();
    private long now = 1;

    private enum Side {
        CLIENT,
        SERVER
    }

    /** One end, and what it was sent. */
    private final class End {
        private final Side side;
        private final GreDatagram socket;
        private final TunneledLink link;
        private boolean up;
        private int sent;
        private int delivered;
        private int wrong;
        private int last = -1;
        /** What came over the line last, as somebody on the way has recorded it. */
        private final ByteBuf recorded = Unpooled.buffer(256);

        End(Side side, MppePolicy mppe) {
            this.side = side;
            socket = new GreDatagram(SimulatedTunnel.address(side == Side.CLIENT ? "192.0.2.1" : "192.0.2.2"));
            link = new TunneledLink(
                    GreConfig.standard(callId(), 3 - callId()),
                    config(side, mppe),
                    new SplittableRandom(callId()),
                    new TunneledLink.Ends(this::transmit, this::deliver),
                    FrameGate.OPEN,
                    this::event,
                    PppTrace.NONE);
            link.carry();
        }

        int callId() {
            return side == Side.CLIENT ? 1 : 2;
        }

        void send() {
            ByteBuf datagram = Unpooled.buffer(HEADROOM + PAYLOAD).setIndex(HEADROOM, HEADROOM);
            writeHeader(datagram, 17, 0x0A000001);
            datagram.writeInt(GENUINE).writeInt(sent++).writeZero(PAYLOAD - 28);
            link.send(datagram, now);
            assertThat(link.pppStats().datagramsDropped).isZero();
        }

        void receive(ByteBuf datagram) {
            if (socket.unwrap(datagram) == GreDatagram.Result.OK) {
                link.receive(datagram, GreHeader.callId(datagram), now);
            }
        }

        private void deliver(ByteBuf datagram) {
            int start = datagram.readerIndex();
            int number = datagram.getInt(start + 24);
            if (datagram.readableBytes() == PAYLOAD && datagram.getInt(start + 20) == GENUINE && number > last) {
                last = number;
                delivered++;
            } else {
                wrong++;
            }
        }

        private void event(PppEvent event, long time) {
            up |= event instanceof PppEvent.NetworkUp;
            assertThat(event).isNotInstanceOf(PppEvent.Down.class);
        }

        private void transmit(ByteBuf packet) {
            ByteBuf copy = Unpooled.buffer(20 + packet.readableBytes());
            copy.writeShort(0x4500)
                    .writeShort(20 + packet.readableBytes())
                    .writeInt(0)
                    .writeInt(0x402F0000);
            copy.writeInt(side == Side.CLIENT ? 0xC0000202 : 0xC0000201)
                    .writeInt(side == Side.CLIENT ? 0xC0000201 : 0xC0000202);
            copy.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
            End to = side == Side.CLIENT ? server : client;
            line.add(() -> {
                if ((copy.getByte(20) & 0x10) != 0) {
                    to.recorded.clear().writeBytes(copy, 0, Math.min(256, copy.readableBytes()));
                }
                to.receive(copy);
            });
        }
    }

    private End client = new End(Side.CLIENT, MppePolicy.NONE);
    private End server = new End(Side.SERVER, MppePolicy.NONE);

    private static void writeHeader(ByteBuf datagram, int protocol, int source) {
        int start = datagram.writerIndex();
        datagram.writeShort(0x4500)
                .writeShort(PAYLOAD)
                .writeInt(0)
                .writeByte(64)
                .writeByte(protocol)
                .writeShort(0);
        datagram.writeInt(source).writeInt(0x0A000002);
        int sum = 0;
        for (int at = start; at < start + 20; at += 2) {
            sum += datagram.getUnsignedShort(at);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        datagram.setShort(start + 10, ~((sum & 0xFFFF) + (sum >>> 16)));
    }

    private static PppConfig config(Side side, MppePolicy mppe) {
        Credentials alice = new Credentials("alice", "secret".toCharArray());
        AuthRole role = side == Side.CLIENT
                ? new AuthRole.Authenticatee(alice, Set.of(AuthMethod.MSCHAPV2))
                : new AuthRole.Authenticator("server", name -> new AuthRole.Account(alice, 0), AuthMethod.MSCHAPV2);
        IpcpSettings addresses = side == Side.CLIENT
                ? IpcpSettings.client()
                : IpcpSettings.server(
                        SimulatedTunnel.address("10.0.0.1"), SimulatedTunnel.address("10.0.0.2"), List.of(), List.of());
        return new PppConfig(1400, "", role, mppe, addresses, PppTiming.DEFAULT);
    }

    private void pump() {
        for (Runnable arrival = line.poll(); arrival != null; arrival = line.poll()) {
            arrival.run();
        }
        client.link.batchEnd(now);
        server.link.batchEnd(now);
    }

    /** A packet that the victim takes for one of its call's, behind the numbers that were seen last. */
    private ByteBuf forged(End victim) {
        ByteBuf seen = victim.recorded;
        int next = seen.getInt(28) + 1;
        int payload = (seen.getByte(21) & 0x80) != 0 ? 36 : 32;
        int count = seen.getUnsignedShort(seen.getUnsignedShort(payload) == 0xFF03 ? payload + 4 : payload + 1) & 0xFFF;
        int sequence =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt();
                    case 1 -> next;
                    case 2 -> next + random.nextInt(600);
                    default -> next + random.nextInt(-300, 4096);
                };
        ByteBuf packet = Unpooled.buffer(128);
        packet.writeShort(0x4500).writeShort(0).writeInt(0).writeInt(0x402F0000);
        packet.writeInt(victim.side == Side.CLIENT ? 0xC0000201 : 0xC0000202).writeInt(0);
        packet.writeInt(0x3001880B).writeShort(0).writeShort(victim.callId()).writeInt(sequence);
        switch (random.nextInt(5)) {
            case 0 -> writeHeader(packet.writeByte(0x21), 17, 0x0A000001); // clear
            case 1 ->
                writeHeader(
                        packet.writeByte(0xFD).writeShort(0x8000 | (count + 1)).writeByte(0x21), 17, 0x0A000001);
            case 2 -> packet.writeByte(0xFD).writeShort(0x1000 | ((count + random.nextInt(1, 4096)) & 0xFFF));
            case 3 -> packet.writeBytes(seen, payload, seen.readableBytes() - payload); // replayed
            default -> packet.writeByte(0xFD).writeShort(0x9000 | ((count + random.nextInt(1, 4096)) & 0xFFF));
        }
        packet.writeLong(random.nextLong()).writeLong(random.nextLong()).writeLong(random.nextLong());
        packet.setShort(2, packet.readableBytes());
        packet.setShort(24, packet.readableBytes() - 32);
        return packet;
    }

    @ParameterizedTest
    @CsvSource({"STATELESS, 1", "STATEFUL, 10"})
    void allOfTheGenuineAndNoneOfTheForgedAreDelivered(MppeMode mode, int fewer) {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(mode));
        client = new End(Side.CLIENT, mppe);
        server = new End(Side.SERVER, mppe);
        client.link.open(now);
        server.link.open(now);
        pump();
        assertThat(client.up && server.up).isTrue();
        client.send();
        server.send();
        pump();
        int rounds = FORGED / fewer / 2;
        for (int i = 0; i < rounds; i++) {
            client.send();
            server.send();
            client.receive(forged(client));
            server.receive(forged(server));
            pump();
            now += STEP;
            if (i % 16 == 0) {
                client.link.onDeadline(now);
                server.link.onDeadline(now);
            }
        }
        for (End end : List.of(client, server)) {
            assertThat(end.wrong).as("forged ones delivered").isZero();
            assertThat(end.delivered).isGreaterThanOrEqualTo((int) (0.999 * rounds));
            assertThat(end.link.greStats().refused).isGreaterThan(rounds / 4);
        }
    }
}
