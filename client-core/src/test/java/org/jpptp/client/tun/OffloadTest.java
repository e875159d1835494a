package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.client.tun.Datagrams.ACK;
import static org.jpptp.client.tun.Datagrams.FIN;
import static org.jpptp.client.tun.Datagrams.PSH;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jpptp.client.Offload;
import org.jpptp.client.tun.Datagrams.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is joined is cut into the same again, and nothing is joined that could not be. */
class OffloadTest {
    private static final byte[] TIMESTAMPS = ByteBufUtil.decodeHexDump("0101080a1122334455667788");

    /** Takes joined packets apart, or only counts them. */
    private static final class Far implements Coalescer.Host, TunDevice.Listener {
        final TunStats stats = new TunStats();
        final Segmenter segmenter = new Segmenter(stats);
        final List<byte[]> packets = new ArrayList<>();
        final List<byte[]> datagrams = new ArrayList<>();
        final ByteBuf slot = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2000));
        boolean keeping = true;

        @Override
        public void write(ByteBuf packet, int count, int octets) {
            if (keeping) {
                packets.add(ByteBufUtil.getBytes(packet));
            }
            long before = stats.receivedOctets;
            int taken = segmenter.take(packet, this);
            if (stats.tooLong == 0 && (taken != count || stats.receivedOctets - before != octets)) {
                throw new AssertionError(taken + " datagrams instead of " + count);
            }
        }

        @Override
        public ByteBuf buffer() {
            return slot.setIndex(64, 64);
        }

        @Override
        public void received(ByteBuf datagram) {
            if (keeping) {
                datagrams.add(ByteBufUtil.getBytes(datagram));
            }
        }

        @Override
        public void batchEnd() {}

        @Override
        public void failed(int errno) {}
    }

    private final Random random = new Random(4);
    private final Far far = new Far();
    private final TunBuffers buffers = new TunBuffers();
    private final Coalescer coalescer = new Coalescer(Offload.USO, buffers, far);
    private final Flow flow = new Flow(false, false, 4000, TIMESTAMPS);

    private void send(byte[]... datagrams) {
        for (byte[] datagram : datagrams) {
            coalescer.send(direct(datagram));
        }
    }

    private static ByteBuf direct(byte[] octets) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(octets.length).put(0, octets));
    }

    private byte[] payload(int length) {
        return Datagrams.random(random, length);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void whatIsJoinedIsCutIntoTheSame(boolean ipv6, boolean udp) {
        for (int size : new int[] {1, 7, 100, 536, 1359, 1360}) {
            for (byte[] options : List.of(new byte[0], TIMESTAMPS)) {
                Flow one = new Flow(ipv6, udp, size, options);
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
            flows.add(new Flow((i & 1) != 0, (i & 2) != 0, i, (i & 4) == 0 ? new byte[0] : TIMESTAMPS));
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
                change("a wrong TCP checksum", 60, 1, false),
                change("a wrong IP checksum", 10, 1, false),
                change("another type of service", 1, 1, true),
                change("another time to live", 8, 1, true),
                change("other fragment bits", 6, 0x40, true),
                change("a jump of the id", 5, 8, true),
                change("another sequence", 27, 1, true),
                change("another acknowledgement", 31, 1, true),
                change("a reserved bit", 32, 1, true),
                change("FIN", 33, 1, true),
                change("URG", 33, 0x20, true),
                change("CWR", 33, 0x80, true),
                change("another window", 35, 1, true),
                change("other timestamps", 51, 1, true),
                change("a fragment", 6, 0x20, true));
    }

    private static Arguments change(String what, int octet, int bits, boolean fix) {
        UnaryOperator<byte[]> change = datagram -> {
            datagram[octet] ^= (byte) bits;
            if (fix) {
                Datagrams.fix(datagram);
            }
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
        Flow small = new Flow(true, false, 1, new byte[0]);
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
        Flow udp = new Flow(false, true, 1, new byte[0]);
        for (Coalescer one : List.of(tcpOnly, nothing)) {
            for (int i = 0; i < 3; i++) {
                one.send(direct(udp.next(payload(50), 0)));
            }
        }
        for (int i = 0; i < 3; i++) {
            nothing.send(direct(flow.next(payload(50), ACK)));
        }
        assertThat(far.packets).hasSize(9);
    }

    @Test
    void aTunnelThatNeedsThePlaceWritesForTheOther() {
        Far otherFar = new Far();
        Coalescer other = new Coalescer(Offload.TSO, buffers, otherFar);
        send(flow.next(payload(100), ACK), flow.next(payload(100), ACK));
        for (int i = 0; i < 8; i++) {
            Flow each = new Flow(false, false, i, new byte[0]);
            other.send(direct(each.next(payload(10), ACK)));
        }
        assertThat(far.datagrams).hasSize(2);
        coalescer.flush();
        assertThat(far.datagrams).hasSize(2);
        other.flush();
        assertThat(otherFar.datagrams).hasSize(8);
    }

    @Test
    void flagsOfAPacketGoWhereTheyBelong() {
        send(flow.next(payload(1000), ACK), flow.next(payload(1000), ACK), flow.next(payload(1000), ACK));
        coalescer.flush();
        byte[] packet = far.packets.get(0).clone();
        packet[10 + 33] = (byte) (0x80 | ACK | PSH | FIN);
        packet[1] |= (byte) 0x80; // ECN
        far.datagrams.clear();

        far.segmenter.take(direct(packet), far);

        assertThat(far.datagrams).extracting(datagram -> datagram[33] & 0xFF).containsExactly(0x90, 0x10, 0x19);
        assertThat(far.datagrams).allMatch(Datagrams::isRight);
    }

    /** The host leaves the sum of the pseudo-header where the checksum belongs. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void completesAChecksum(boolean ipv6, boolean udp) {
        Flow one = new Flow(ipv6, udp, 1, new byte[0]);
        for (int length = 0; length < 40; length++) {
            byte[] datagram = one.next(payload(length), ACK);
            byte[] open = open(datagram, one);
            far.datagrams.clear();
            assertThat(far.segmenter.take(direct(open), far)).isOne();
            assertThat(far.datagrams).containsExactly(datagram);
        }
        // one of which the checksum is 0
        byte[] zero = one.next(new byte[4], ACK);
        int at = one.headerLength() - (udp ? 2 : 4);
        int payload = zero.length - 4;
        ByteBuffer.wrap(zero).putShort(payload, ByteBuffer.wrap(zero).getShort(at));
        Datagrams.fix(zero);
        far.datagrams.clear();
        far.segmenter.take(direct(open(zero, one)), far);
        assertThat(far.datagrams).containsExactly(zero);
        assertThat(ByteBuffer.wrap(zero).getShort(at)).isEqualTo((short) (udp ? 0xFFFF : 0));
    }

    /** The kernel leaves it to the interface to cut what has destination options, too. */
    @Test
    void cutsWhatHasOptionsOfIpv6() {
        Flow one = new Flow(true, false, 1, TIMESTAMPS);
        byte[] whole = one.next(payload(2500), ACK);
        byte[] octets = extended(whole);
        ByteBuffer packet = ByteBuffer.allocate(10 + octets.length).order(ByteOrder.nativeOrder());
        packet.put((byte) 1)
                .put((byte) 4)
                .putShort((short) (8 + one.headerLength()))
                .putShort((short) 1000);
        packet.putShort((short) 48).putShort((short) 16).put(octets);

        assertThat(far.segmenter.take(direct(packet.array()), far)).isEqualTo(3);

        int at = one.headerLength();
        for (byte[] datagram : far.datagrams) {
            int end = Math.min(at + 1000, whole.length);
            byte[] plain = ByteBuffer.allocate(datagram.length - 8)
                    .put(datagram, 0, 40)
                    .put(datagram, 48, datagram.length - 48)
                    .putShort(4, (short) (datagram.length - 48))
                    .put(6, (byte) 6)
                    .array();
            assertThat(Datagrams.isRight(plain)).isTrue();
            assertThat(Arrays.copyOfRange(datagram, 40, 48)).isEqualTo(Arrays.copyOfRange(octets, 40, 48));
            assertThat(Arrays.copyOfRange(plain, one.headerLength(), plain.length))
                    .isEqualTo(Arrays.copyOfRange(whole, at, end));
            at = end;
        }
        assertThat(at).isEqualTo(whole.length);
    }

    @Test
    void whatHasOptionsOfIpv6IsNotJoined() {
        Flow one = new Flow(true, false, 1, TIMESTAMPS);
        byte[] first = one.next(payload(100), ACK);
        byte[] second = extended(one.next(payload(100), ACK));
        byte[] third = extended(one.next(payload(100), ACK));
        send(first, second, third);

        assertThat(far.packets).hasSize(3);
        assertThat(far.datagrams).containsExactly(first, second, third);
    }

    /** With eight octets of padding as destination options (RFC 8200 §4.6). */
    private static byte[] extended(byte[] datagram) {
        ByteBuffer with = ByteBuffer.allocate(datagram.length + 8).put(datagram, 0, 40);
        with.putShort(4, (short) (datagram.length - 40 + 8)).put(6, (byte) 60);
        return with.putLong(0x0600_0104_0000_0000L)
                .put(datagram, 40, datagram.length - 40)
                .array();
    }

    private static byte[] open(byte[] datagram, Flow flow) {
        int ip = flow.ipv6 ? 40 : 20;
        int offset = flow.udp ? 6 : 16;
        ByteBuffer packet = ByteBuffer.allocate(10 + datagram.length).order(ByteOrder.nativeOrder());
        packet.put((byte) 1).put((byte) 0).putShort((short) 0).putShort((short) 0);
        packet.putShort((short) ip).putShort((short) offset).put(datagram);
        packet.order(ByteOrder.BIG_ENDIAN);
        int pseudo = datagram.length - ip + (flow.udp ? 17 : 6);
        pseudo = Datagrams.sum(pseudo, datagram, flow.ipv6 ? 8 : 12, ip);
        return packet.putShort(10 + ip + offset, (short) pseudo).array();
    }

    /** Every truncation, and every octet of the headers changed: nothing is thrown, and all of it is accounted for. */
    @Test
    void hostilePacketsAreDroppedAndCounted() {
        for (Flow one : List.of(flow, new Flow(true, false, 2, TIMESTAMPS), new Flow(false, true, 3, new byte[0]))) {
            far.packets.clear();
            send(one.next(payload(400), ACK), one.next(payload(400), ACK), one.next(payload(300), ACK));
            coalescer.flush();
            byte[] packet = far.packets.get(0);
            for (int length = 0; length < packet.length; length++) {
                long dropped = far.stats.malformed;
                far.segmenter.take(direct(Arrays.copyOf(packet, length)), far);
                assertThat(far.stats.malformed - dropped)
                        .as("%d octets", length)
                        .isOne();
            }
            for (int i = 0; i < 200_000; i++) {
                byte[] changed = packet.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    changed[random.nextInt(random.nextBoolean() ? 10 : 90)] = (byte) random.nextInt();
                }
                far.datagrams.clear();
                long dropped = far.stats.malformed + far.stats.tooLong;
                int taken = far.segmenter.take(direct(changed), far);
                assertThat(taken).isEqualTo(far.datagrams.size()).isLessThanOrEqualTo(Segmenter.MAX_SEGMENTS);
                assertThat(taken > 0 || far.stats.malformed + far.stats.tooLong > dropped)
                        .isTrue();
            }
        }
    }

    @Test
    void aSegmentThatTheTunnelDoesNotTakeIsCounted() {
        send(flow.next(payload(1900), ACK), flow.next(payload(1900), ACK));
        coalescer.flush();

        assertThat(far.datagrams).isEmpty();
        assertThat(far.stats.tooLong).isOne();
    }

    @Test
    void leavesNoGarbage() {
        far.keeping = false;
        List<ByteBuf> datagrams = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            datagrams.add(direct(flow.next(payload(1300), ACK)));
            datagrams.add(direct(new Flow(true, true, 3, new byte[0]).next(payload(1300), 0)));
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
