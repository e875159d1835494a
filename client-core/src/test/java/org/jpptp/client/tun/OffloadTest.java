package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.client.tun.Datagrams.ACK;
import static org.jpptp.client.tun.Datagrams.PSH;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jpptp.client.Offload;
import org.jpptp.client.tun.Datagrams.Flow;
import org.jpptp.client.tun.Datagrams.Ip;
import org.jpptp.client.tun.Datagrams.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is joined is cut into the same again, and nothing is joined that could not be. */
class OffloadTest {
    private static final byte[] TIMESTAMPS = ByteBufUtil.decodeHexDump("0101080a1122334455667788");

    private final Random random = new Random(4);
    private final Far far = new Far();
    private final TunBuffers buffers = new TunBuffers();
    private final Coalescer coalescer = new Coalescer(Offload.USO, buffers, far);
    private final Flow flow = new Flow(Ip.V4, Transport.TCP, 4000, TIMESTAMPS);

    private void send(byte[]... datagrams) {
        for (byte[] datagram : datagrams) {
            coalescer.send(Datagrams.direct(datagram));
        }
    }

    private byte[] payload(int length) {
        return Datagrams.random(random, length);
    }

    @ParameterizedTest
    @CsvSource({"V4, TCP", "V4, UDP", "V6, TCP", "V6, UDP"})
    void whatIsJoinedIsCutIntoTheSame(Ip ip, Transport transport) {
        for (int size : new int[] {1, 7, 100, 536, 1359, 1360}) {
            for (byte[] options : List.of(new byte[0], TIMESTAMPS)) {
                Flow one = new Flow(ip, transport, size, options);
                List<byte[]> sent = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    sent.add(one.next(payload(size), ACK));
                }
                sent.add(one.next(payload((size + 1) / 2), ACK | PSH));
                far.datagrams.clear();
                far.packets.clear();
                sent.forEach(this::send);
                coalescer.flush();

                assertThat(far.packets).hasSize(1);
                assertThat(far.datagrams).containsExactlyElementsOf(sent).allMatch(Datagrams::isRight);
            }
        }
        assertThat(far.stats.superPacketsReceived).isEqualTo(12);
        assertThat(far.stats.malformed).isZero();
    }

    /** Many flows at a time, everything that may happen in them; no octet is changed, no flow is put out of order. */
    @Test
    void randomTrafficStaysAsItIs() {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Ip ip = (i & 1) == 0 ? Ip.V4 : Ip.V6;
            Transport transport = (i & 2) == 0 ? Transport.TCP : Transport.UDP;
            flows.add(new Flow(ip, transport, i, (i & 4) == 0 ? new byte[0] : TIMESTAMPS));
        }
        Map<String, List<String>> expected = new TreeMap<>();
        for (int step = 0; step < 50_000; step++) {
            Flow one = flows.get(random.nextInt(random.nextInt(12) + 1));
            boolean odd = random.nextInt(20) == 0;
            int flags = odd ? random.nextInt(256) : ACK;
            byte[] datagram = one.next(payload(odd ? random.nextInt(1300) : 700), flags);
            if (random.nextInt(50) == 0) {
                datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
            }
            expected.computeIfAbsent(flowOf(datagram), key -> new ArrayList<>()).add(ByteBufUtil.hexDump(datagram));
            send(datagram);
            if (random.nextInt(64) == 0) {
                coalescer.flush();
            }
        }
        coalescer.flush();
        Map<String, List<String>> got = new TreeMap<>();
        for (byte[] datagram : far.datagrams) {
            got.computeIfAbsent(flowOf(datagram), key -> new ArrayList<>()).add(ByteBufUtil.hexDump(datagram));
        }
        assertThat(got.equals(expected)).isTrue();
        assertThat(far.packets).hasSizeLessThan(far.datagrams.size() * 3 / 4);
    }

    /** Version, protocol, addresses and ports. */
    private static String flowOf(byte[] datagram) {
        boolean ipv6 = (datagram[0] >> 4 & 15) == 6;
        int ports = ipv6 ? 40 : (datagram[0] & 15) * 4;
        return datagram[0] + " " + datagram[ipv6 ? 6 : 9]
                + ByteBufUtil.hexDump(datagram, ipv6 ? 8 : 12, ipv6 ? 32 : 8)
                + (ports + 4 > datagram.length ? "" : ByteBufUtil.hexDump(datagram, ports, 4));
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                spoilt("a wrong TCP checksum", 60, 1),
                spoilt("a wrong IP checksum", 10, 1),
                change("another type of service", 1, 1),
                change("another time to live", 8, 1),
                change("other fragment bits", 6, 0x40),
                change("a jump of the id", 5, 8),
                change("another sequence", 27, 1),
                change("another acknowledgement", 31, 1),
                change("a reserved bit", 32, 1),
                change("FIN", 33, 1),
                change("URG", 33, 0x20),
                change("CWR", 33, 0x80),
                change("another window", 35, 1),
                change("other timestamps", 51, 1),
                change("a fragment", 6, 0x20));
    }

    /** Other bits, and the checksums that are right for them. */
    private static Arguments change(String what, int octet, int bits) {
        UnaryOperator<byte[]> change = datagram -> {
            datagram[octet] ^= (byte) bits;
            Datagrams.fix(datagram);
            return datagram;
        };
        return Arguments.of(what, change);
    }

    /** Other bits under the old checksums. */
    private static Arguments spoilt(String what, int octet, int bits) {
        UnaryOperator<byte[]> change = datagram -> {
            datagram[octet] ^= (byte) bits;
            return datagram;
        };
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void isNotJoined(String what, UnaryOperator<byte[]> change) {
        byte[] first = flow.next(payload(100), ACK);
        byte[] second = change.apply(flow.next(payload(100), ACK));
        byte[] third = flow.next(payload(100), ACK);
        send(first, second, third);
        coalescer.flush();

        assertThat(far.packets).hasSizeGreaterThanOrEqualTo(2);
        assertThat(far.datagrams).as(what).containsExactly(first, second, third);
    }

    @Test
    void aBareAcknowledgementDoesNotOvertake() {
        byte[] data = flow.next(payload(100), ACK);
        byte[] ack = flow.next(new byte[0], ACK);
        send(data, ack);

        assertThat(far.datagrams).containsExactly(data, ack);
    }

    @Test
    void pushEndsAPacketAtOnce() {
        send(flow.next(payload(100), ACK), flow.next(payload(100), ACK | PSH));

        assertThat(far.packets).hasSize(1);
        assertThat(far.datagrams).hasSize(2);
    }

    @Test
    void noMoreThan64KibAnd64Datagrams() {
        for (int i = 0; i < 130; i++) {
            send(flow.next(payload(1348), ACK));
        }
        Flow small = new Flow(Ip.V6, Transport.TCP, 1, new byte[0]);
        for (int i = 0; i < 128; i++) {
            send(small.next(payload(10), ACK));
        }
        coalescer.flush();

        assertThat(far.packets).allMatch(packet -> packet.length <= 65545);
        assertThat(far.packets).hasSize(3 + 2);
        assertThat(far.datagrams).hasSize(258).allMatch(Datagrams::isRight);
    }

    @Test
    void joinsOnlyWhatTheHostTakes() {
        Coalescer tcpOnly = new Coalescer(Offload.TSO, buffers, far);
        Coalescer nothing = new Coalescer(Offload.CHECKSUM, buffers, far);
        Flow udp = new Flow(Ip.V4, Transport.UDP, 1, new byte[0]);
        for (Coalescer one : List.of(tcpOnly, nothing)) {
            for (int i = 0; i < 3; i++) {
                one.send(Datagrams.direct(udp.next(payload(50), 0)));
            }
        }
        for (int i = 0; i < 3; i++) {
            nothing.send(Datagrams.direct(flow.next(payload(50), ACK)));
        }
        assertThat(far.packets).hasSize(9);
    }

    @Test
    void aTunnelThatNeedsThePlaceWritesForTheOther() {
        Far otherFar = new Far();
        Coalescer other = new Coalescer(Offload.TSO, buffers, otherFar);
        send(flow.next(payload(100), ACK), flow.next(payload(100), ACK));
        for (int i = 0; i < 8; i++) {
            Flow each = new Flow(Ip.V4, Transport.TCP, i, new byte[0]);
            other.send(Datagrams.direct(each.next(payload(10), ACK)));
        }
        assertThat(far.datagrams).hasSize(2);
        coalescer.flush();
        assertThat(far.datagrams).hasSize(2);
        other.flush();
        assertThat(otherFar.datagrams).hasSize(8);
    }

    @Test
    void whatHasOptionsOfIpv6IsNotJoined() {
        Flow one = new Flow(Ip.V6, Transport.TCP, 1, TIMESTAMPS);
        byte[] first = one.next(payload(100), ACK);
        byte[] second = Datagrams.extended(one.next(payload(100), ACK));
        byte[] third = Datagrams.extended(one.next(payload(100), ACK));
        send(first, second, third);

        assertThat(far.packets).hasSize(3);
        assertThat(far.datagrams).containsExactly(first, second, third);
    }

    @Test
    void leavesNoGarbage() {
        far.keeping = false;
        List<ByteBuf> datagrams = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            datagrams.add(Datagrams.direct(flow.next(payload(1300), ACK)));
            datagrams.add(Datagrams.direct(new Flow(Ip.V6, Transport.UDP, 3, new byte[0]).next(payload(1300), 0)));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        round(datagrams, 200);
        long before = threads.getCurrentThreadAllocatedBytes();
        round(datagrams, 1000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16_384);
    }

    private void round(List<ByteBuf> datagrams, int times) {
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < datagrams.size(); j++) {
                coalescer.send(datagrams.get(j));
            }
            coalescer.flush();
        }
    }
}
