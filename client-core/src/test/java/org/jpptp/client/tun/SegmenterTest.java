package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.client.tun.Datagrams.ACK;
import static org.jpptp.client.tun.Datagrams.FIN;
import static org.jpptp.client.tun.Datagrams.PSH;
import static org.jpptp.client.tun.Datagrams.direct;
import static org.jpptp.client.tun.Datagrams.extended;

import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jpptp.client.Offload;
import org.jpptp.client.tun.Datagrams.Flow;
import org.jpptp.client.tun.Datagrams.Ip;
import org.jpptp.client.tun.Datagrams.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the host leaves to the interface is finished and cut as it wants it, and what makes no sense is dropped. */
class SegmenterTest {
    private static final byte[] TIMESTAMPS = ByteBufUtil.decodeHexDump("0101080a1122334455667788");

    private final Random random = new Random(4);
    private final Far far = new Far();
    private final Coalescer coalescer = new Coalescer(Offload.USO, new TunBuffers(), far);
    private final Flow flow = new Flow(Ip.V4, Transport.TCP, 4000, TIMESTAMPS);

    /** Makes one packet of them. */
    private byte[] joined(byte[]... datagrams) {
        for (byte[] datagram : datagrams) {
            coalescer.send(direct(datagram));
        }
        coalescer.flush();
        return far.packets.get(far.packets.size() - 1).clone();
    }

    private byte[] payload(int length) {
        return Datagrams.random(random, length);
    }

    @Test
    void flagsOfAPacketGoWhereTheyBelong() {
        byte[] packet =
                joined(flow.next(payload(1000), ACK), flow.next(payload(1000), ACK), flow.next(payload(1000), ACK));
        packet[10 + 33] = (byte) (0x80 | ACK | PSH | FIN);
        packet[1] |= (byte) 0x80; // ECN
        far.datagrams.clear();

        far.segmenter.take(direct(packet), far);

        assertThat(far.datagrams).extracting(datagram -> datagram[33] & 0xFF).containsExactly(0x90, 0x10, 0x19);
        assertThat(far.datagrams).allMatch(Datagrams::isRight);
    }

    /** The host leaves the sum of the pseudo-header where the checksum belongs. */
    @ParameterizedTest
    @CsvSource({"V4, TCP", "V4, UDP", "V6, TCP", "V6, UDP"})
    void completesAChecksum(Ip ip, Transport transport) {
        Flow one = new Flow(ip, transport, 1, new byte[0]);
        for (int length = 0; length < 40; length++) {
            byte[] datagram = one.next(payload(length), ACK);
            byte[] open = open(datagram, one);
            far.datagrams.clear();
            assertThat(far.segmenter.take(direct(open), far)).isOne();
            assertThat(far.datagrams).containsExactly(datagram);
        }
        // one of which the checksum is 0
        byte[] zero = one.next(new byte[4], ACK);
        int at = one.headerLength() - (transport == Transport.UDP ? 2 : 4);
        int payload = zero.length - 4;
        ByteBuffer.wrap(zero).putShort(payload, ByteBuffer.wrap(zero).getShort(at));
        Datagrams.fix(zero);
        far.datagrams.clear();
        far.segmenter.take(direct(open(zero, one)), far);
        assertThat(far.datagrams).containsExactly(zero);
        assertThat(ByteBuffer.wrap(zero).getShort(at)).isEqualTo((short) (transport == Transport.UDP ? 0xFFFF : 0));
    }

    /** The kernel leaves it to the interface to cut what has destination options, too. */
    @Test
    void cutsWhatHasOptionsOfIpv6() {
        Flow one = new Flow(Ip.V6, Transport.TCP, 1, TIMESTAMPS);
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

    /** Every truncation, and every octet of the headers changed: nothing is thrown, and all of it is accounted for. */
    @Test
    void hostilePacketsAreDroppedAndCounted() {
        for (Flow one : List.of(
                flow, new Flow(Ip.V6, Transport.TCP, 2, TIMESTAMPS), new Flow(Ip.V4, Transport.UDP, 3, new byte[0]))) {
            byte[] packet =
                    joined(one.next(payload(400), ACK), one.next(payload(400), ACK), one.next(payload(300), ACK));
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
        joined(flow.next(payload(1900), ACK), flow.next(payload(1900), ACK));

        assertThat(far.datagrams).isEmpty();
        assertThat(far.stats.tooLong).isOne();
    }

    private static byte[] open(byte[] datagram, Flow flow) {
        int ip = flow.ip == Ip.V6 ? 40 : 20;
        int offset = flow.transport == Transport.UDP ? 6 : 16;
        ByteBuffer packet = ByteBuffer.allocate(10 + datagram.length).order(ByteOrder.nativeOrder());
        packet.put((byte) 1).put((byte) 0).putShort((short) 0).putShort((short) 0);
        packet.putShort((short) ip).putShort((short) offset).put(datagram);
        packet.order(ByteOrder.BIG_ENDIAN);
        int pseudo = datagram.length - ip + (flow.transport == Transport.UDP ? 17 : 6);
        pseudo = Datagrams.sum(pseudo, datagram, flow.ip == Ip.V6 ? 8 : 12, ip);
        return packet.putShort(10 + ip + offset, (short) pseudo).array();
    }
}
