package org.jpptp.gre.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other implementations sent; the expected numbers are those that tshark shows. */
class CaptureTest {
    private final Ipv4Header ip = new Ipv4Header();
    private final GreHeader gre = new GreHeader();

    @Test
    void everyPacketOfASessionDecodes() throws IOException {
        List<String> lines = new ArrayList<>();
        for (ByteBuf datagram : Pcap.greDatagrams("pptp-linux-to-poptop-2012.pcap")) {
            lines.add(decode(datagram));
        }
        assertThat(lines).hasSize(117);
        assertThat(lines)
                .startsWith(
                        "c0a80166 call 30720 payload 24 seq 1",
                        "c6fc991a call 0 payload 29 seq 0 ack 1",
                        "c6fc991a call 0 payload 24 seq 1",
                        "c0a80166 call 30720 payload 29 seq 2 ack 1");
        assertThat(lines).contains("c0a80166 call 30720 payload 0 ack 8");
        assertThat(lines.stream().filter(line -> !line.contains("seq"))).hasSize(24);
        assertThat(lines.stream().filter(line -> line.startsWith("c0a80166")))
                .allMatch(line -> line.contains("call 30720"));
    }

    @Test
    void insideIpv6InAVlan() throws IOException {
        List<String> lines = new ArrayList<>();
        for (ByteBuf datagram : Pcap.greDatagrams("gre-pptp-vlan-ipv6.pcap")) {
            lines.add(decode(datagram));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("call 6016 payload 103 seq 430001 ack 539254");
        assertThat(lines.get(1)).endsWith("call 17 payload 178 seq 539320");
    }

    private String decode(ByteBuf datagram) {
        assertThat(ip.parse(datagram)).isEqualTo(Ipv4Header.Result.OK);
        assertThat(gre.parse(datagram, ip.payloadIndex(), ip.endIndex())).isEqualTo(GreHeader.Result.OK);
        assertThat(gre.payloadIndex() + gre.payloadLength()).isEqualTo(ip.endIndex());
        return "%08x call %d payload %d"
                        .formatted(
                                ip.source(),
                                GreHeader.callId(datagram.slice(ip.payloadIndex(), 8)),
                                gre.payloadLength())
                + (gre.hasSequence() ? " seq " + gre.sequence() : "")
                + (gre.hasAcknowledgement() ? " ack " + gre.acknowledgement() : "");
    }
}
