package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** pppd that is not heard, or no longer: what the client says of it, a capture beside the client, and pppd's own log. */
@RequiresRealPeer
@RequiresTshark
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostPeerIT {
    private static final String ENDED = "Connection terminated.";
    private static final int BLOCKED = 15;
    private static final int LOST = 26;

    @TempDir
    Path directory;

    private RoutedPeer routed;
    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        routed = RoutedPeer.boot();
        peer = routed.peer();
        here = routed.here();
    }

    @AfterAll
    void powerOff() {
        routed.close();
    }

    private Capture capture(String name) {
        return Capture.start(here, RoutedPeer.OURS, directory.resolve(name + ".pcap"));
    }

    private void dropGre(String from) {
        peer.namespace()
                .nft("table ip silent {\n chain on { type filter hook forward priority 0; " + from
                        + "ip protocol gre drop; }\n}\n");
    }

    private void dropGreNoMore() {
        peer.namespace().nft("delete table ip silent");
    }

    @Test
    void aRouterDropsGreBothWays() {
        greIsBlocked("pptpd: a router drops GRE both ways", "", "is blocked between us and");
    }

    @Test
    void aRouterDropsGreToTheServer() {
        greIsBlocked(
                "pptpd: a router drops GRE to the server",
                "iifname " + RoutedPeer.TOWARDS_US + " ",
                "GRE passes in one direction only");
    }

    private void greIsBlocked(String provoked, String from, String said) {
        int logged = peer.pppdLog().length();
        dropGre(from);
        try (Capture capture = capture("blocked" + from.length());
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), here, "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(BLOCKED);
            assertThat(jpptp.err().text()).contains(said);
            String pppd = peer.awaitPppd(logged, ENDED, Connect.LONG);
            CausesTable.failed(3, provoked, jpptp, BLOCKED, capture.stop(), CausesTable.sameIn(pppd, BLOCKED));
        } finally {
            dropGreNoMore();
        }
    }

    @Test
    void theProcessOfTheControlConnectionIsKilled() {
        int logged = peer.pppdLog().length();
        try (Capture capture = capture("killed");
                JpptpProcess jpptp = Connect.to(peer.serverAddress(), here, "secret")) {
            Connect.awaitUp(jpptp);
            answers();
            peer.exec("pkill -9 pptpctrl");
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(LOST);
            String pppd = peer.awaitPppd(logged, ENDED, Connect.LONG);
            CausesTable.failed(
                    28,
                    "pptpd: the process of the call is killed",
                    jpptp,
                    LOST,
                    capture.stop(),
                    CausesTable.sameIn(pppd, LOST));
        }
    }

    @Test
    void greVanishesWhileTheTunnelIsUp() {
        int logged = peer.pppdLog().length();
        try (Capture capture = capture("vanished");
                JpptpProcess jpptp = Connect.to(
                        peer.serverAddress(), here, "secret", "--echo-interval", "1", "--echo-failures", "2")) {
            Connect.awaitUp(jpptp);
            answers();
            dropGre("");
            try {
                assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(LOST);
            } finally {
                dropGreNoMore();
            }
            String pppd = peer.awaitPppd(logged, ENDED, Connect.LONG);
            CausesTable.failed(
                    28,
                    "pptpd: GRE vanishes, and the control connection answers",
                    jpptp,
                    LOST,
                    capture.stop(),
                    CausesTable.sameIn(pppd, LOST));
        }
    }

    private void answers() {
        here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                .orThrow();
    }
}
