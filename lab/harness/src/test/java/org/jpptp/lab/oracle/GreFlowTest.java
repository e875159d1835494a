package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.lab.oracle.GreFlow.Content;
import org.jpptp.lab.oracle.GreFlow.Datagram;
import org.jpptp.lab.oracle.GreFlow.Keys;
import org.jpptp.lab.oracle.GreFlow.Other;
import org.jpptp.lab.oracle.GreFlow.Packet;
import org.jpptp.lab.oracle.GreFlow.Reset;
import org.jpptp.ppp.wire.ControlPacket;
import org.junit.jupiter.api.Test;

class GreFlowTest {
    private static final int OCTETS = 100;
    private static final long WAIT = 100_000;

    private final List<Packet> packets = new ArrayList<>();

    /** A packet every 10 ms. */
    private void passed(int sequence, Content content) {
        at(packets.size() * 10_000L, sequence, content);
    }

    private void at(long micros, int sequence, Content content) {
        packets.add(new Packet(micros, 7, sequence, content));
    }

    private static Datagram datagram(int count) {
        return new Datagram(Keys.CONTINUED, count, OCTETS);
    }

    private static Datagram flushed(int count) {
        return new Datagram(Keys.ANEW, count, OCTETS);
    }

    private GreFlow flow() {
        return new GreFlow(packets);
    }

    @Test
    void readsACaptureOfOthers() throws IOException {
        PcapFile capture = PcapFile.read(Captures.pcap(Captures.WHOLE_SESSION));
        GreFlow client = GreFlow.from("192.168.1.102", capture);
        assertThat(client.packets()).isNotEmpty();
        assertThat(client.isConsecutive()).isTrue();
        assertThat(GreFlow.from("10.0.0.1", capture).packets()).isEmpty();
    }

    @Test
    void whatIsNoGreIsAnError() {
        ByteBuf file = Unpooled.buffer();
        file.writeInt(0xA1B2C3D4).writeZero(16).writeInt(1);
        int length = 14 + 20 + 4;
        file.writeInt(1).writeInt(2).writeInt(length).writeInt(length);
        file.writeZero(12).writeShort(0x0800);
        file.writeByte(0x45)
                .writeZero(1)
                .writeShort(24)
                .writeZero(5)
                .writeByte(47)
                .writeZero(2);
        file.writeInt(0x0A000001).writeInt(0x0A000002).writeInt(0);
        PcapFile capture = PcapFile.of(file);
        assertThat(capture.grePackets().get(0).micros()).isEqualTo(1_000_002);
        assertThatThrownBy(() -> GreFlow.from("10.0.0.1", capture)).hasMessageContaining("TOO_SHORT");
    }

    @Test
    void countsEachNumberOnce() {
        passed(5, datagram(0));
        passed(6, new Other());
        passed(6, new Other());
        passed(7, datagram(1));
        passed(7, datagram(1));
        passed(8, new Datagram(Keys.CONTINUED, 2, OCTETS - 1));
        assertThat(flow().datagrams(OCTETS)).isEqualTo(2);
        assertThat(flow().others(OCTETS)).isEqualTo(2);
        assertThat(flow().isConsecutive()).isFalse();
        assertThat(new GreFlow(packets.subList(0, 2)).isConsecutive()).isTrue();
        assertThat(new GreFlow(List.of(packets.get(0), new Packet(0, 8, 6, new Other()))).isConsecutive())
                .isFalse();
        assertThat(flow().timeOf(1, OCTETS)).isEqualTo(30_000);
    }

    @Test
    void withoutStateAllThatComesInTimeIsDue() {
        at(0, -2, datagram(0));
        at(1, 0, datagram(2));
        at(200_000, 1, datagram(3));
        at(250_000, -1, datagram(1)); // 249.999 ms after it was overtaken
        assertThat(flow().stateless(OCTETS, WAIT)).isEqualTo(3);
        assertThat(flow().stateless(OCTETS, 249_999)).isEqualTo(4);
        assertThat(flow().stateless(OCTETS + 1, WAIT)).isZero();
    }

    @Test
    void withStateNothingIsDueBetweenALossAndWhatBeginsAnew() {
        passed(1, datagram(4094));
        passed(2, datagram(4095));
        passed(3, new Other());
        passed(4, datagram(0)); // the count has gone around
        passed(6, datagram(2)); // at 40 ms: 5 is lost
        passed(7, datagram(3));
        passed(8, flushed(4)); // at 60 ms
        passed(9, datagram(5));
        assertThat(flow().stateful(OCTETS, WAIT)).isEqualTo(new GreFlow.Stateful(5, 20_000));
    }

    @Test
    void withStateWhatIsOvertakenIsDueToo() {
        passed(1, datagram(1));
        passed(3, datagram(3));
        passed(2, datagram(2));
        assertThat(flow().stateful(OCTETS, WAIT)).isEqualTo(new GreFlow.Stateful(3, 0));
        assertThat(flow().stateful(OCTETS, 0)).isEqualTo(new GreFlow.Stateful(1, 0));
    }

    @Test
    void aLossThatTheFlushedPacketComesRightBehindCostsNothingElse() {
        passed(1, datagram(1));
        passed(3, flushed(3));
        assertThat(flow().stateful(OCTETS, WAIT)).isEqualTo(new GreFlow.Stateful(2, 0));
    }

    @Test
    void aResetIsTheFlushedPacketBehindItsAcknowledgement() {
        Packet request = new Packet(5_000, 7, 1, new Reset(ControlPacket.RESET_REQUEST, 3));
        passed(1, datagram(1));
        passed(2, datagram(2));
        passed(3, flushed(3));
        assertThat(flow().datagramsUntilReset(request)).isEqualTo(-1);
        passed(4, new Reset(ControlPacket.RESET_ACK, 2));
        passed(5, flushed(4));
        assertThat(flow().datagramsUntilReset(request)).isEqualTo(-1);
        passed(6, new Reset(ControlPacket.RESET_ACK, 3));
        assertThat(flow().datagramsUntilReset(request)).isEqualTo(3);
        passed(7, datagram(5));
        passed(8, flushed(6));
        passed(9, datagram(7));
        assertThat(flow().datagramsUntilReset(request)).isEqualTo(4);
        assertThat(flow().resets(ControlPacket.RESET_ACK)).hasSize(2);
        assertThat(flow().resets(ControlPacket.RESET_REQUEST)).isEmpty();
    }
}
