package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Terminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that pppd does not take. It permits another try (R=1), and ends the link all the same. */
@RequiresRealPeer
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsIT {
    @TempDir
    Path directory;

    private RealPeer peer;

    @BeforeAll
    void boot() {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .start();
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    @Test
    void aWrongPasswordInsideEap() {
        peer.reconfigure(List.of("require-eap", "require-mppe-128"));
        try (JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "wrong", "-v")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(19);
            assertThat(jpptp.err().text())
                    .contains("rejected the name or the password of \"alice\"", "E=691")
                    .doesNotContain("calling once more");
        }
    }

    @Test
    void aWrongPassword() {
        peer.reconfigure(RealPeer.MPPE_128);
        int logged = peer.pppdLog().length();
        try (Capture capture = capture("chap.pcap");
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "wrong")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(19);
            String pppd = peer.awaitPppd(logged, "Connection terminated", Connect.LONG);
            CausesTable.failed(
                    11,
                    "pppd: `require-mschap-v2`, another password",
                    jpptp,
                    19,
                    capture.stop(),
                    CausesTable.sameIn(pppd, 19));
        }
    }

    /** As OpenWrt 24.10, whose pptpd gives pppd an option that it does not know. */
    @Test
    void anOptionThatPppdDoesNotKnow() {
        peer.reconfigure(List.of("require-mschap-v2", "mppe required"));
        try (Capture capture = capture("option.pcap");
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), peer.namespace(), "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(25);
            CausesTable.failed(
                    32, "pppd: `mppe required`, which it does not know", jpptp, 25, capture.stop(), "pppd writes none");
        }
    }

    private Capture capture(String name) {
        return Capture.start(peer.namespace(), peer.device(), directory.resolve(name));
    }

    /** The link ends while the user is asked for another password. */
    @Test
    void theVerdictHasALineOfItsOwnAndTheTerminalItsEcho() {
        peer.reconfigure(RealPeer.MPPE_128);
        try (Terminal terminal = Terminal.start(
                peer.namespace(), List.of("connect", peer.serverAddress(), "-u", "alice", "--no-color"))) {
            terminal.await("Password: ", Connect.LONG);
            terminal.type("wrong");
            terminal.await("Password for alice (empty to give up): ", Connect.LONG);
            terminal.await("[code ", Connect.LONG);
            terminal.await("extproc", Connect.LONG); // the last word of stty
            String screen = terminal.screen();
            assertThat(screen)
                    .contains("[code 19]", "E=691", "rejected the name or the password")
                    .containsPattern("empty to give up\\): \\r?\\n")
                    .containsPattern("[ ;]echo[ ;]")
                    .containsPattern("[ ;]icanon[ ;]")
                    .doesNotContain("ended the link. Connect again", "wrong\r");
        }
    }
}
