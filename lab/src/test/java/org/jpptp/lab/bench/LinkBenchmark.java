package org.jpptp.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.session.FrameGate;
import org.jpptp.client.session.TunneledLink;
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
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A datagram of 1396 octets all the way without the system calls: link (framing, MPPE 128-bit stateless) and GRE tunnel
 * of the client, then GRE tunnel and link of the server. The link is negotiated as always.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkBenchmark {
    private static final int DATAGRAM_OCTETS = 1396;

    private final ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
    private final End client = new End(true);
    private final End server = new End(false);
    private long delivered;
    private long now = 1;

    @Setup
    public void negotiate() {
        client.open();
        server.open();
        while (client.hasSent() || server.hasSent()) {
            now++;
            client.pump(server);
            server.pump(client);
        }
        if (!client.up || !server.up) {
            throw new IllegalStateException("the link did not come up");
        }
        client.direct = server;
        client.link.carry();
        server.link.carry();
    }

    /** Sends one datagram and receives it. */
    @Benchmark
    public long sendAndReceive() {
        datagram.setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM + DATAGRAM_OCTETS);
        int start = datagram.readerIndex();
        datagram.setLong(start, 0x4500_0574_0000_0000L).setInt(start + 8, 0x4011_0000);
        datagram.setInt(start + 12, 0x0a00_0001).setInt(start + 16, 0x0a00_0002);
        datagram.setShort(start + 10, ~(0x4500 + 0x0574 + 0x4011 + 0x0a00 + 1 + 0x0a00 + 2) & 0xFFFF);
        long before = delivered;
        now++;
        client.link.send(datagram, now);
        if (delivered != before + 1) {
            throw new IllegalStateException("the datagram was lost");
        }
        return delivered;
    }

    /** One end, and the wire to the other: a queue while the link is negotiated, then nothing but a call. */
    private final class End {
        private final Queue<ByteBuf> sent = new ArrayDeque<>();
        private final TunneledLink link;
        private @Nullable End direct;
        private boolean up;

        End(boolean isClient) {
            link = new TunneledLink(
                    GreConfig.standard(isClient ? 1 : 2, isClient ? 2 : 1),
                    config(isClient),
                    new SplittableRandom(isClient ? 1 : 2),
                    new TunneledLink.Ends(this::transmit, received -> delivered++),
                    FrameGate.OPEN,
                    (event, time) -> up |= event instanceof PppEvent.NetworkUp,
                    PppTrace.NONE);
        }

        void open() {
            link.open(now);
        }

        boolean hasSent() {
            return !sent.isEmpty();
        }

        void pump(End other) {
            for (ByteBuf packet = sent.poll(); packet != null; packet = sent.poll()) {
                other.receive(packet);
            }
        }

        private void receive(ByteBuf packet) {
            link.receive(packet, GreHeader.callId(packet), now);
        }

        private void transmit(ByteBuf packet) {
            if (direct != null) {
                direct.receive(packet);
            } else {
                sent.add(Unpooled.copiedBuffer(packet));
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
        return new PppConfig(1500, "", role, MppePolicy.REQUIRE_128_STATELESS, addresses, PppTiming.DEFAULT);
    }

    private static Inet4Address address(int a, int b, int c, int d) {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
