package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.junit.jupiter.api.Test;

@RequiresRealPeer
class RealPeerWithoutMppeIT {
    @Test
    void aServerWithoutMppeIsLeft() {
        try (RealPeer peer = RealPeer.builder()
                        .options("require-mschap-v2", "nomppe")
                        .user("alice", "secret")
                        .start();
                JpptpProcess jpptp = Connect.to("10.99.0.2", peer.namespace(), "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(22);
            assertThat(jpptp.err().text())
                    .contains("The server refuses the encryption that is required")
                    .contains("(exit code 22; Windows error 742)");
            assertThat(peer.pppdLog()).doesNotContain("local  IP address");
        }
    }
}
