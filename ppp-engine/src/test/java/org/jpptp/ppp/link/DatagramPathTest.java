package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramPathTest {
    /** The other end's frames, carried over by hand and without a copy for each. */
    private static final class Carrier implements PppOutput {
        final ByteBuf frame = Unpooled.buffer(2048);
        final Deque<byte[]> waiting = new ArrayDeque<>();
        boolean connected;
        long delivered;

        @Override
        public void sendFrame(ByteBuf sent, long time) {
            if (!connected) {
                waiting.add(ByteBufUtil.getBytes(sent));
            }
            frame.clear().writeBytes(sent, sent.readerIndex(), sent.readableBytes());
        }

        @Override
        public void deliverDatagram(ByteBuf datagram) {
            delivered += datagram.readableBytes();
        }

        @Override
        public void event(PppEvent event, long time) {}
    }

    @Test
    void allocatesNothingForADatagram() {
        for (MppePolicy mppe : new MppePolicy[] {MppePolicy.REQUIRE_128_STATELESS, MppePolicy.NONE}) {
            Carrier clientOut = new Carrier();
            Carrier serverOut = new Carrier();
            PppLink client = new PppLink(Configs.client(mppe), new Random(1), clientOut, PppTrace.NONE);
            PppLink server = new PppLink(Configs.server(mppe), new Random(2), serverOut, PppTrace.NONE);
            connect(client, clientOut, server, serverOut);
            ByteBuf datagram = Datagrams.ipv4(new byte[1300]);
            ByteBuf copy = Unpooled.buffer(2048);

            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = 0;
            int packets = 20_000;
            for (int i = 0; i < 2 * packets; i++) {
                if (i == packets) {
                    before = threads.getThreadAllocatedBytes(thread);
                }
                copy.setIndex(PppLink.DATAGRAM_HEADROOM, PppLink.DATAGRAM_HEADROOM)
                        .writeBytes(datagram, datagram.readerIndex(), datagram.readableBytes());
                client.send(copy, i);
                server.receive(clientOut.frame, 0, i);
            }
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertThat(serverOut.delivered).isEqualTo(2L * packets * 1320);
            // What the measurement itself and the compiler leave behind is far below an octet a packet.
            assertThat(allocated).isLessThan(packets);
        }
    }

    private static void connect(PppLink client, Carrier clientOut, PppLink server, Carrier serverOut) {
        client.open(0);
        server.open(0);
        while (!clientOut.waiting.isEmpty() || !serverOut.waiting.isEmpty()) {
            exchange(clientOut, server);
            exchange(serverOut, client);
        }
        clientOut.connected = true;
        serverOut.connected = true;
    }

    private static void exchange(Carrier from, PppLink to) {
        byte[] octets = from.waiting.poll();
        if (octets != null) {
            to.receive(Unpooled.wrappedBuffer(octets), 0, 0);
        }
    }

    @Test
    void refusesWhatIsNoDatagramOfTheNetwork() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 5).open();
        assertThat(lab.client.send(new byte[4])).as("before it is up").isFalse();
        lab.runUntilSettled();
        assertThat(lab.client.send(new byte[1376]))
                .as("1396 octets and MPPE's 4")
                .isTrue();
        assertThat(lab.client.send(new byte[1377]))
                .as("more than the peer's MRU")
                .isFalse();
        ByteBuf ipv6 = Datagrams.ipv4(new byte[40]);
        ipv6.setByte(ipv6.readerIndex(), 0x60);
        assertThat(lab.client.link.send(ipv6, lab.now)).isFalse();
        assertThat(lab.client.link.send(Unpooled.buffer(64).setIndex(64, 64), lab.now))
                .isFalse();
        assertThat(lab.client.link.stats().datagramsDropped).isEqualTo(4);
        assertThat(lab.client.link.stats().datagramsSent).isEqualTo(1);
    }

    /** Threats, row 9. */
    @Test
    void clearAndUnflaggedDataIsDroppedAndCounted() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 6).open().runUntilSettled();
        lab.run(Duration.ofSeconds(1));
        Random random = new Random(9);
        int injected = 100_000;
        for (int i = 0; i < injected; i++) {
            ByteBuf frame = Datagrams.ipv4(new byte[random.nextInt(60)]);
            if (i % 2 == 0) {
                // An MPPE header without the bit that says "encrypted".
                frame.readerIndex(frame.readerIndex() - 4);
                frame.setShort(frame.readerIndex(), 0x8000 | random.nextInt(4096));
                frame.setShort(frame.readerIndex() + 2, PppProtocol.IPV4);
                frame.readerIndex(frame.readerIndex() - 2).setShort(frame.readerIndex(), PppProtocol.COMPRESSED);
            } else {
                frame.readerIndex(frame.readerIndex() - 1).setByte(frame.readerIndex(), PppProtocol.IPV4);
            }
            lab.client.link.receive(frame, 0, lab.now);
        }
        assertThat(lab.client.delivered).isEmpty();
        assertThat(lab.client.link.stats().clearDiscarded).isEqualTo(injected);
        assertThat(lab.server.send(new byte[8])).isTrue();
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.client.delivered).hasSize(1);
        assertThat(lab.client.up()).isTrue();
    }

    /** Every strength in every mode carries data both ways, and goes on after a loss. */
    @Test
    void everyEncryptionSurvivesLoss() {
        for (MppeStrength strength : MppeStrength.values()) {
            for (MppeMode mode : MppeMode.values()) {
                MppePolicy policy = MppePolicy.require(EnumSet.of(strength), EnumSet.of(mode));
                Lab lab = new Lab(Configs.client(policy), Configs.server(policy), 10)
                        .open()
                        .runUntilSettled();
                lab.run(Duration.ofMillis(100));
                for (int i = 0; i < 600; i++) {
                    lab.loss = i % 100 == 50 ? 1 : 0;
                    assertThat(lab.client.send(new byte[i])).isTrue();
                    assertThat(lab.server.send(new byte[i])).isTrue();
                    lab.loss = 0;
                    lab.run(Duration.ofMillis(100));
                }
                String what = strength + " " + mode;
                assertThat(lab.client.up()).as(what).isTrue();
                // Stateful mode loses one more in a round trip; stateless only what was lost.
                int lost = mode == MppeMode.STATELESS ? 6 : 12;
                assertThat(lab.client.delivered).as(what).hasSizeGreaterThanOrEqualTo(600 - lost);
                assertThat(lab.server.delivered).as(what).hasSizeGreaterThanOrEqualTo(600 - lost);
            }
        }
    }

    @Test
    void keysThatDifferAreFoundOut() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 7).open().runUntilSettled();
        // A server with other keys: what it encrypts comes out as anything.
        lab.line = (toServer, frame) -> {
            if (!toServer && Frames.protocol(frame) == PppProtocol.COMPRESSED) {
                byte[] other = frame.clone();
                other[other.length - 20] ^= 0x55;
                other[3] ^= 0x55;
                other[4] ^= 0x55;
                other[5] ^= 0x55;
                return other;
            }
            return frame;
        };
        for (int i = 0; i < 40; i++) {
            lab.server.send(new byte[40]);
            lab.run(Duration.ofMillis(100));
        }
        lab.run(Duration.ofSeconds(10));
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.KEYS_DIFFER);
    }

    @Test
    void rejectedGarbageMeansThatKeysDiffer() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 8).open().runUntilSettled();
        for (int i = 0; i < 3; i++) {
            lab.client.receive(Frames.control(PppProtocol.LCP, 8, i, (byte) 0x3a, (byte) (2 * i + 1), (byte) 1));
        }
        lab.run(Duration.ofSeconds(10));
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.KEYS_DIFFER);
        assertThat(failure).isEqualTo(new EncryptionFailure.GarbageRejected(List.of(0x3a01, 0x3a03, 0x3a05)));
    }

    /** Keys that differ never work, in neither direction: where they have, it is not the keys. */
    @ParameterizedTest
    @CsvSource({"100, 100, OUT_OF_STEP", "100, 0, KEYS_DIFFER", "10, 100, KEYS_DIFFER"})
    void rejectedGarbageMeansALostStepWhereTheKeysHaveWorked(int sent, int received, Cause cause) {
        Lab lab = new Lab(Configs.client(), Configs.server(), 8).open().runUntilSettled();
        for (int i = 0; i < 100; i++) {
            if (i < sent) {
                lab.client.send(new byte[40]);
            }
            if (i < received) {
                lab.server.send(new byte[40]);
            }
            lab.run(Duration.ofMillis(20));
        }
        for (int i = 0; i < 3; i++) {
            lab.client.receive(Frames.control(PppProtocol.LCP, 8, i, (byte) 0x3a, (byte) (2 * i + 1), (byte) 1));
        }
        lab.run(Duration.ofSeconds(10));
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(cause);
    }
}
