package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jpptp.control.wire.ControlCodec;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.junit.jupiter.api.Test;

@RequiresRealPeer
class RealPeerTest {
    private static final Duration TRANSFER = Duration.ofMinutes(2);

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
            assertThat(Transfer.upload(namespace, TRANSFER)).isEqualTo(Transfer.SHA_256);
            assertThat(Transfer.download(namespace, TRANSFER)).isEqualTo(Transfer.SHA_256);

            assertThat(controlReply(peer)).hasSize(2 * 156).startsWith("009c00011a2b3c4d0002");
            peer.awaitLog("Client 10\\.99\\.0\\.1 control connection started", Duration.ofSeconds(20));
            peer.stop();
            assertThat(peer.pptpdLog()).contains("control connection started");
        }
        assertThat(namespace.exists()).isFalse();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
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
