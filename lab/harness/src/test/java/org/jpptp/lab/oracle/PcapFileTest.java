package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PcapFileTest {
    @Test
    void readsEitherByteOrder() throws IOException {
        assertThat(PcapFile.read(Captures.pcap(Captures.WINDOWS_XP)).grePackets())
                .hasSize(1);
        assertThat(PcapFile.read(Captures.pcap(Captures.WHOLE_SESSION)).grePackets())
                .hasSize(117);
    }

    @Test
    void tellsWhenAPacketWasCaptured() throws IOException {
        List<PcapFile.GrePacket> packets =
                PcapFile.read(Captures.pcap(Captures.WHOLE_SESSION)).grePackets();
        assertThat(Instant.EPOCH.plus(packets.get(0).micros(), ChronoUnit.MICROS))
                .isEqualTo("2012-06-10T02:14:56.623902Z");
        assertThat(packets.get(1).micros() - packets.get(0).micros()).isEqualTo(90_687);
    }

    @Test
    void takesGreOutOfIpv4InIpv6InAVlan() throws IOException {
        assertThat(PcapFile.read(Captures.pcap(Captures.IN_IPV6)).grePackets())
                .hasSize(2)
                .allMatch(packet -> packet.source().contains("."));
    }

    @Test
    void removesRetransmissions() throws IOException {
        Map<String, byte[]> streams =
                PcapFile.read(Captures.pcap(Captures.WINDOWS_XP)).controlStreams();
        assertThat(streams).containsOnlyKeys("10.1.1.11:3025 > 10.1.1.10:1723", "10.1.1.10:1723 > 10.1.1.11:3025");
        assertThat(streams.get("10.1.1.11:3025 > 10.1.1.10:1723")).hasSize(156 + 168 + 24);
        assertThat(streams.get("10.1.1.10:1723 > 10.1.1.11:3025")).hasSize(156 + 32);
    }

    @Test
    void ordersAndJoinsSegments() {
        TcpDirection direction = new TcpDirection();
        direction.segment(-2, new byte[0]);
        direction.segment(1, new byte[] {4, 5});
        direction.segment(-2, new byte[] {1, 2});
        direction.segment(-1, new byte[] {2, 3});
        direction.segment(-2, new byte[] {1});
        direction.segment(4, new byte[] {7});
        assertThat(direction.octets()).containsExactly(1, 2, 3, 4, 5);
    }
}
