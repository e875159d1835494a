package org.jpptp.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.link.PppLink;
import org.junit.jupiter.api.Test;

/** Two links, each the other's peer, with nothing between them but calls. */
class TunneledLinkTest {
    private static final int OCTETS = 1300;
    private static final int PACKETS = 20_000;

    private long now = 1;
    private final End client = new End(1, 2);
    private final End server = new End(2, 1);

    private final class End {
        private final Queue<ByteBuf> sent = new ArrayDeque<>();
        private final TunneledLink link;
        private boolean direct;
        private boolean up;
        private long delivered;

        End(int callId, int peerCallId) {
            link = new TunneledLink(
                    GreConfig.standard(callId, peerCallId),
                    config(callId == 1),
                    new SplittableRandom(callId),
                    new TunneledLink.Ends(this::transmit, datagram -> delivered++),
                    FrameGate.OPEN,
                    (event, time) -> up |= event instanceof PppEvent.NetworkUp,
                    PppTrace.NONE);
        }

        private void transmit(ByteBuf packet) {
            if (direct) {
                peer().receive(packet);
            } else {
                sent.add(Unpooled.copiedBuffer(packet));
            }
        }

        private End peer() {
            return this == client ? server : client;
        }

        private void receive(ByteBuf packet) {
            link.receive(packet, GreHeader.callId(packet), now);
        }

        private void pump() {
            for (ByteBuf packet = sent.poll(); packet != null; packet = sent.poll()) {
                peer().receive(packet);
            }
        }
    }

    private static PppConfig config(boolean isClient) {
        Credentials alice = new Credentials("alice", "secret".toCharArray());
        AuthRole role = isClient
                ? new AuthRole.Authenticatee(alice, Set.of(AuthMethod.MSCHAPV2))
                : new AuthRole.Authenticator("server", name -> new AuthRole.Account(alice, 0), AuthMethod.MSCHAPV2);
        IpcpSettings addresses = isClient
                ? IpcpSettings.client()
                : IpcpSettings.server(address(10, 0, 0, 1), address(10, 0, 0, 2), List.of(), List.of());
        return new PppConfig(1400, "", role, MppePolicy.REQUIRE_128_STATELESS, addresses, PppTiming.DEFAULT);
    }

    private static Inet4Address address(int a, int b, int c, int d) {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void negotiate() {
        client.link.open(now);
        server.link.open(now);
        while (!client.sent.isEmpty() || !server.sent.isEmpty()) {
            now++;
            client.pump();
            server.pump();
        }
        assertThat(client.up && server.up).isTrue();
        client.direct = true;
        server.direct = true;
    }

    private final ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));

    private void send(End from) {
        datagram.setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM);
        datagram.writeShort(0x4500).writeShort(OCTETS).writeInt(0).writeInt(0x4011_0000);
        datagram.writeInt(0x0a00_0002).writeInt(0x0a00_0001);
        datagram.setShort(PppLink.DATAGRAM_HEADROOM + 10, ~(0x4500 + OCTETS + 0x4011 + 0x0a00 + 2 + 0x0a00 + 1));
        from.link.send(datagram.writerIndex(PppLink.DATAGRAM_HEADROOM + OCTETS), now++);
    }

    @Test
    void carriesOnlyBetweenTheBeginningAndTheEnd() {
        negotiate();
        server.link.carry();
        send(client);
        assertThat(server.delivered).as("the client's host is not ready").isZero();
        client.link.carry();
        send(client);
        send(server);
        assertThat(List.of(server.delivered, client.delivered)).containsExactly(1L, 1L);
        client.link.carryNoMore();
        send(client);
        send(server);
        assertThat(List.of(server.delivered, client.delivered)).containsExactly(1L, 1L);
        assertThat(client.link.pppStats().datagramsReceived)
                .as("the link itself goes on")
                .isEqualTo(2);
    }

    /** Type 5 of ICMP; an echo, type 8, passes. */
    @Test
    void noRedirectReachesTheHost() {
        negotiate();
        client.link.carry();
        server.link.carry();
        for (int type : new int[] {5, 8}) {
            datagram.setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM);
            datagram.writeShort(0x4500).writeShort(28).writeInt(0).writeInt(0x4001_0000);
            datagram.writeInt(0x0a00_0001).writeInt(0x0a00_0002);
            datagram.writeByte(type).writeByte(1).writeShort(0).writeInt(0xc000_0242);
            datagram.setShort(PppLink.DATAGRAM_HEADROOM + 10, ~(0x4500 + 28 + 0x4001 + 0x0a00 + 1 + 0x0a00 + 2));
            server.link.send(datagram, now++);
            assertThat(client.delivered).as("ICMP of type %d", type).isEqualTo(type == 5 ? 0 : 1);
        }
        assertThat(client.link.pppStats().datagramsReceived).isEqualTo(2);
    }

    @Test
    void allocatesNothingForADatagram() {
        negotiate();
        client.link.carry();
        server.link.carry();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 2 * PACKETS; i++) {
            if (i == PACKETS) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            send(client);
            if (i % 64 == 0) {
                server.link.batchEnd(now);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(server.delivered).isEqualTo(2 * PACKETS);
        // What the measurement itself and the compiler leave behind is far below an octet a packet.
        assertThat(allocated).isLessThan(PACKETS);
    }

    @Test
    void whatComesBeforeTheCallIsConnectedIsNotLost() {
        EarlyPackets early = new EarlyPackets();
        server.link.open(now);
        List<ByteBuf> first = new ArrayList<>(server.sent);
        for (ByteBuf packet : first) {
            early.receive(packet, GreHeader.callId(packet), now);
            packet.setZero(packet.readerIndex(), packet.readableBytes()); // it was borrowed
        }
        early.batchEnd(now);
        for (int i = 0; i < 100; i++) {
            early.receive(Unpooled.wrappedBuffer(new byte[12]), 1, now);
        }
        client.link.open(now);
        early.handTo(client.link, now);
        assertThat(client.link.greStats().delivered).isEqualTo(first.size());
        assertThat(client.link.greStats().received).as("a few are kept").isEqualTo(8);
    }
}
