package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresTshark
class TsharkTest {
    @Test
    void namesTheMessagesOfAWholeSession() {
        List<String> names = Tshark.names(Captures.pcap(Captures.WHOLE_SESSION));
        assertThat(names)
                .startsWith(
                        "Start-Control-Connection-Request",
                        "Start-Control-Connection-Reply",
                        "Outgoing-Call-Request",
                        "Outgoing-Call-Reply",
                        "LCP Configuration Request")
                .containsSubsequence(
                        "CHAP Challenge",
                        "CHAP Response",
                        "CHAP Success",
                        "CCP Configuration Nak",
                        "IPCP Configuration Reject",
                        "IPCP Configuration Ack");
        assertThat(names.stream().filter(name -> name.startsWith("LCP "))).hasSize(10);
        assertThat(names.stream().filter(name -> name.startsWith("CCP "))).hasSize(6);
        assertThat(names.stream().filter(name -> name.startsWith("IPCP "))).hasSize(8);
    }

    @Test
    void findsNoFaultInRealTraffic() {
        for (String name : List.of(
                Captures.WHOLE_SESSION,
                Captures.CHAP_ONLY,
                Captures.WINDOWS_XP,
                Captures.CONTROL_ONLY,
                Captures.IN_IPV6)) {
            assertThat(Tshark.faults(Captures.pcap(name))).as(name).isEmpty();
        }
    }

    @Test
    void givesFields() {
        assertThat(Tshark.fields(Captures.pcap(Captures.IN_IPV6), "gre", "gre.key.call_id", "gre.sequence_number"))
                .containsExactly("6016\t430001", "17\t539320");
    }

    @Test
    @RequiresRoot
    void capturesFromTheFirstPacketToTheLast(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("live.pcap");
        try (TestNamespace one = TestNamespace.create();
                TestNamespace other = TestNamespace.create()) {
            one.link("here", other, "there");
            one.address("here", "10.97.0.1/24");
            other.address("there", "10.97.0.2/24");
            try (Capture capture = Capture.start(one, "here", file)) {
                one.exec("ping", "-c", "3", "-i", "0.2", "10.97.0.2").orThrow();
                capture.stop();
            }
        }
        assertThat(Tshark.fields(file, "icmp", "icmp.type")).containsExactly("8", "0", "8", "0", "8", "0");
        assertThat(PcapFile.read(file).grePackets()).isEmpty();
    }
}
