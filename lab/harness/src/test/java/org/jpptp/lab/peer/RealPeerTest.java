package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.jpptp.control.wire.ControlCodec;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.junit.jupiter.api.Test;

@RequiresRealPeer
class RealPeerTest {
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    @Test
    void servesAndLeavesNothingBehind() {
        TestNamespace namespace;
        try (RealPeer peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("moxie", "a \"quoted\" \\ secret")
                .dns("192.168.77.53")
                .extra("echo extra ran; modprobe -n lo || true; tc qdisc add dev vec0 root netem delay 1ms")
                .start()) {
            namespace = peer.namespace();
            assertThat(namespace.exists()).isTrue();
            assertThat(peer.extraLog()).startsWith("extra ran");

            // Without a tunnel, so that it is known that a fault with one is the tunnel's.
            namespace.route(RealPeer.INNER_ADDRESS + " via " + peer.serverAddress());
            assertThat(Transfer.WRAP.upload(namespace, TRANSFER)).isEqualTo(Transfer.WRAP.sha256());
            assertThat(Transfer.WRAP.download(namespace, TRANSFER)).isEqualTo(Transfer.WRAP.sha256());

            assertThat(controlReply(peer)).hasSize(2 * 156).startsWith("009c00011a2b3c4d0002");
            peer.awaitLog("Client 10\\.99\\.0\\.1 control connection started", TRANSFER);
            peer.stop();
            assertThat(peer.pptpdLog()).contains("control connection started");
        }
        assertThat(namespace.exists()).isFalse();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void takesCommandsOtherOptionsAndWeather() {
        try (RealPeer peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("moxie", "secret")
                .quiet()
                .start()) {
            assertThat(peer.exec("cat /run/peer/options"))
                    .contains("require-mppe-128")
                    .doesNotContain("debug");
            peer.reconfigure(List.of("nomppe"));
            assertThat(peer.exec("cat /run/peer/options")).contains("nomppe").doesNotContain("require-mppe-128");
            assertThatThrownBy(() -> peer.exec("echo so far; false"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("so far");

            for (Weather weather : List.of(Weather.loss(20), Weather.reordering(25), Weather.duplication(10))) {
                weather.over(peer);
                assertThat(peer.exec("tc qdisc show dev vec0; tc qdisc show dev ifb0")
                                .split("netem"))
                        .as("%s", weather)
                        .hasSizeGreaterThan(2);
            }
            Weather.clear(peer);
            assertThat(peer.exec("tc qdisc show dev vec0")).doesNotContain("netem");
        }
    }

    /** Without a tunnel, so that it is known what the tool itself says. */
    @Test
    void countsNumberedDatagrams() {
        try (RealPeer peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("moxie", "secret")
                .start()) {
            peer.namespace().route(RealPeer.INNER_ADDRESS + " via " + peer.serverAddress());
            Datagrams all = Datagrams.cross(peer, "10.99.0.1", 900, Datagrams.RATE);
            assertThat(counts(all.up())).containsExactly(900, 0, 0, 0, 0);
            assertThat(counts(all.down())).containsExactly(900, 0, 0, 0, 0);

            // Every second datagram that comes here is lost.
            peer.namespace().nft("""
                    table ip faults {
                      chain in {
                        type filter hook input priority 0;
                        iifname "peer0" udp dport 7000-7999 numgen inc mod 2 0 drop
                      }
                    }
                    """);
            Datagrams half = Datagrams.cross(peer, "10.99.0.1", 900, Datagrams.RATE);
            assertThat(counts(half.up())).containsExactly(900, 0, 0, 0, 0);
            assertThat(counts(half.down())).containsExactly(450, 0, 0, 0, 1);
            assertThat(half.down().runStart()).isZero();

            peer.namespace().nft("delete table ip faults");
            // Every tenth comes with four other octets, of which the kernel's checksum may know or not.
            peer.namespace().nft("""
                    table ip faults {
                      chain in {
                        type filter hook prerouting priority 0;
                        iifname "peer0" udp dport 7000-7999 numgen inc mod 10 0 @th,128,32 set 5
                      }
                    }
                    """);
            assertThat(Datagrams.cross(peer, "10.99.0.1", 900, Datagrams.RATE)
                            .down()
                            .corrupted())
                    .isEqualTo(90);
        }
    }

    private static List<Integer> counts(Datagrams.Report report) {
        return List.of(report.received(), report.twice(), report.corrupted(), report.refused(), report.longestRun());
    }

    @Test
    void aScenarioThatCannotStartSaysWhy() {
        assertThatThrownBy(() -> RealPeer.builder().extra("false").start())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PEER-FAILED")
                .hasMessageContaining("extra");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    /** What the server answers to a Start-Control-Connection-Request, in hexadecimal. */
    private static String controlReply(RealPeer peer) {
        ByteBuf request = Unpooled.buffer();
        ControlCodec.encode(new StartControlConnectionRequest(0x100, 3, 3, 0, 1, "", ""), request);
        String octets = ByteBufUtil.hexDump(request).replaceAll("..", "\\\\x$0");
        String script = "exec 3<> /dev/tcp/" + peer.serverAddress() + "/1723; printf '" + octets
                + "' >&3; head -c 156 <&3 | od -A n -v -t x1";
        return peer.namespace().exec("bash", "-c", script).orThrow().replaceAll("\\s", "");
    }
}
