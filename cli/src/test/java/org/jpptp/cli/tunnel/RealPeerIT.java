package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.peer.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command against Debian's pptpd and pppd with the kernel's MPPE. */
@RequiresRealPeer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPeerIT {
    private static final String SERVER = "10.99.0.2";
    private static final String UP = "^Tunnel \\S+ is up after";

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .dns(RealPeer.INNER_ADDRESS)
                .start();
        here = peer.namespace();
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    @Test
    @RequiresTshark
    void aWholeSessionCarriesTrafficAndLeavesNothingBehind(@TempDir Path directory) throws Exception {
        String before = here.hostState();
        int pppdBefore = peer.pppdLog().length();
        int pptpdBefore = peer.pptpdLog().length();
        try (Capture capture = Capture.start(here, peer.device(), directory.resolve("session.pcap"));
                JpptpProcess jpptp =
                        Connect.to(SERVER, here, "secret", "--route", "192.168.77.0/24", "-v", "--show-secrets")) {
            jpptp.out().await(UP, Connect.LONG);

            assertThat(here.exec(Connect.LONG, "ping", "-c", "3", "-w", "60", RealPeer.INNER_ADDRESS)
                            .out())
                    .contains("3 received");
            assertThat(Transfer.WHOLE.upload(here, Connect.TRANSFER)).isEqualTo(Transfer.WHOLE.sha256());
            assertThat(Transfer.WHOLE.download(here, Connect.TRANSFER)).isEqualTo(Transfer.WHOLE.sha256());

            Connect.settle(here);
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            String pppd = peer.awaitPppd(pppdBefore, "Connection terminated", Connect.LONG);
            Path session = capture.stop();

            assertThat(pppd).contains("LCP terminated by peer (the user ended the tunnel)");
            assertThat(peer.pptpdLog().substring(pptpdBefore)).contains("Received CALL CLR request");
            assertThat(here.hostState()).isEqualTo(before);
            assertThat(Journals.left(here)).isEmpty();
            List<String> trace = jpptp.err().all().stream()
                    .map(line -> line.replaceFirst("^ *\\d+\\.\\d{3} ", ""))
                    .toList();
            bothSidesTellTheSame(pppd, trace);
            wiresharkAgrees(session, trace);
        }
    }

    /** Written at the end, whatever it is: of a tunnel that its user ends, and of one that never comes up. */
    @Test
    void aReportTellsOfAllOfIt(@TempDir Path directory) throws Exception {
        Path up = directory.resolve("up.html");
        try (JpptpProcess jpptp =
                Connect.to(SERVER, here, "secret", "--route", "192.168.77.0/24", "--report", up.toString())) {
            Connect.awaitUp(jpptp);
            here.exec("ping", "-c", "25", "-i", "0.2", "-s", "1000", "-W", "5", RealPeer.INNER_ADDRESS)
                    .orThrow();
            Connect.settle(here);
            assertThat(up).doesNotExist();
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
        assertThat(Files.readString(up))
                .contains("The tunnel was up", "MPPE 128-bit stateless, both directions", "Rates over time")
                .contains("LCP TermReq", "192.168.77.0/24", "Java");

        Path failed = directory.resolve("failed.html");
        try (JpptpProcess jpptp = Connect.to(SERVER, here, "wrong", "--report", failed.toString())) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(19);
        }
        assertThat(Files.readString(failed))
                .contains("The tunnel did not come up", "What proves it", "E=691", "exit code 19; Windows error 691");
    }

    /**
     * What pppd sent we received, and the other way round, in the same notation, each protocol in the same order. Across
     * protocols pppd has no order of arrival: it reads LCP from one descriptor and the rest from another.
     */
    private static void bothSidesTellTheSame(String pppd, List<String> trace) {
        List<String> theirs = pppd.lines().map(String::strip).toList();
        for (String ours : List.of("sent", "rcvd")) {
            String other = ours.equals("sent") ? "rcvd" : "sent";
            assertThat(packets(trace, ours)).as(ours).isNotEmpty().isEqualTo(packets(theirs, other));
        }
    }

    private static Map<String, List<String>> packets(List<String> log, String direction) {
        return log.stream()
                .filter(line ->
                        line.startsWith(direction + " [") && line.matches("\\S+ \\[(LCP|CHAP|CCP|IPCP|IPV6CP) .*"))
                .filter(line -> !line.contains("Echo")) // one may still be on its way at the end
                .map(line -> line.substring(direction.length() + 2))
                .distinct() // a packet that was lost on the way is sent once more, with the same identifier
                .collect(Collectors.groupingBy(packet -> packet.substring(0, packet.indexOf(' '))));
    }

    /** Wireshark finds no fault in anything, and names every packet as we do. */
    private static void wiresharkAgrees(Path session, List<String> trace) throws Exception {
        assertThat(Files.size(session)).isPositive();
        assertThat(Tshark.faults(session)).isEmpty();
        List<String> ours = trace.stream()
                .filter(line -> line.startsWith("sent [") || line.startsWith("rcvd ["))
                .map(line -> WiresharkNames.of(line.substring(6, line.length() - 1)))
                .toList();
        // Without their order, because the capture has that of the wire and the trace that of our reading.
        List<String> beyond = new ArrayList<>(Tshark.names(session));
        assertThat(ours).as("on the wire too").allMatch(beyond::remove);
        // Where the server is slow it is asked a second time to end, and its second answer comes when we are gone.
        assertThat(beyond).isSubsetOf("LCP Termination Ack").hasSizeLessThan(2);
    }

    @Test
    void aWrongPasswordIsToldApartAndNotTriedAgain() throws Exception {
        int before = peer.pppdLog().length();
        try (JpptpProcess jpptp = Connect.to(SERVER, here, "wrong")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(19);
            assertThat(jpptp.err().text())
                    .contains("The server rejected the name or the password of \"alice\"")
                    .contains("E=691")
                    .contains("(exit code 19; Windows error 691)");
        }
        String pppd = peer.awaitLog("(?s).*Connection terminated", Connect.LONG);
        assertThat(pppd.substring(Math.min(before, pppd.length())).split("rcvd \\[CHAP Response", -1))
                .hasSizeLessThan(4);
    }

    @Test
    void aPortWhereNothingListensIsRefused() {
        try (JpptpProcess jpptp = Connect.to(SERVER + ":1724", here, "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(11);
            assertThat(jpptp.err().text()).contains("ECONNREFUSED").contains("(exit code 11; Windows error 800)");
        }
    }

    @Test
    void greThatOurOwnFirewallDropsIsToldFromGreThatIsBlockedOnTheWay() {
        here.nft("""
                table ip drop_gre {
                  chain in { type filter hook input priority 0; ip protocol gre drop; }
                }
                """);
        try (JpptpProcess jpptp = Connect.to(SERVER, here, "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(15);
            assertThat(jpptp.err().text())
                    .contains("GRE packets of 10.99.0.2 come to this host")
                    .contains("This host's own firewall drops them.")
                    .contains("INPUT rules of this host")
                    .contains("(exit code 15; Windows error 806)");
        } finally {
            here.nft("delete table ip drop_gre");
        }
    }

    @Test
    void greThatOurOwnFirewallForbidsIsToldFromAMissingPrivilege() {
        here.nft("""
                table ip forbid_gre {
                  chain out { type filter hook output priority 0; ip protocol gre drop; }
                }
                """);
        try (JpptpProcess jpptp = Connect.to(SERVER, here, "secret")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(15);
            assertThat(jpptp.err().text())
                    .contains("send() failed with EPERM")
                    .contains("firewall rule of this host drops it")
                    .doesNotContain("CAP_NET_RAW");
        } finally {
            here.nft("delete table ip forbid_gre");
        }
    }

    @Test
    void afterAKillTheNextStartUndoesWhatWasLeft() {
        String before = here.hostState();
        try (JpptpProcess killed = Connect.to(SERVER, here, "secret", "--route", "10.11.0.0/16")) {
            killed.out().await(UP, Connect.LONG);
            killed.signal("KILL");
            killed.awaitExit(Connect.LONG);
        }
        assertThat(here.hostState()).as("a kill leaves the pinned route").isNotEqualTo(before);
        assertThat(Journals.left(here)).hasSize(1);

        try (JpptpProcess next = Connect.to(SERVER + ":1724", here, "secret")) {
            next.awaitExit(Connect.LONG);
        }
        assertThat(here.hostState()).isEqualTo(before);
        assertThat(Journals.left(here)).isEmpty();
    }
}
