package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.peer.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command against pppd in each of its ways to authenticate and to encrypt. What comes of it is in
 * {@code docs/interoperability.md}.
 */
@RequiresRealPeer
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
class InteroperabilityIT {
    private static final String SERVER = "10.99.0.2";
    private static final String TABLE = "Authentication and encryption";

    /** Small, so that the coherency count (RFC 3078 §3) wraps within a transfer. */
    private static final String MTU = "576";

    @TempDir
    Path directory;

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .besideOthers()
                .start();
        here = peer.namespace();
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    /**
     * One combination that comes up.
     *
     * @param pppd its options
     * @param jpptp options of the command
     * @param method in pppd's words, what LCP agrees on
     * @param identity in our words
     * @param encryption in our words
     * @param mppe in pppd's words, empty without
     */
    record Up(String pppd, String jpptp, String method, String identity, String encryption, String mppe) {
        @Override
        public String toString() {
            return pppd + " / " + jpptp;
        }
    }

    /**
     * One combination that does not.
     *
     * @param cause its number in {@code docs/failures.md}; 0 for none, where our own options ask for it
     * @param pppd its options
     * @param jpptp options of the command
     * @param code exit code
     * @param sentence what the command says, in part
     * @param log what pppd says, in part
     */
    record Refused(int cause, String pppd, String jpptp, int code, String sentence, String log) {
        @Override
        public String toString() {
            return pppd + " / " + jpptp;
        }
    }

    static Stream<Up> up() {
        String v2 = "require-mschap-v2";
        String v1 = "require-mschap";
        String allowV1 = "--auth mschap --allow-mschap";
        String only40 = " require-mppe-40 nomppe-128";
        return Stream.of(
                mppe(v2 + " require-mppe-128", "", 128, "stateless"),
                mppe(v2 + " require-mppe-128 mppe-stateful", "--mppe-mode stateful", 128, "stateful"),
                mppe(v2 + only40, "--mppe 40", 40, "stateless"),
                mppe(v2 + only40 + " mppe-stateful", "--mppe 40 --mppe-mode stateful", 40, "stateful"),
                mppe(v1 + " require-mppe-128", allowV1, 128, "stateless"),
                mppe(v1 + " require-mppe-128 mppe-stateful", allowV1 + " --mppe-mode stateful", 128, "stateful"),
                mppe("require-eap require-mppe-128", "", 128, "stateless"),
                clear("require-pap", "--auth pap --allow-pap --mppe none", "pap", "PAP"),
                clear("require-chap", "--auth chap --allow-chap --mppe none", "chap MD5", "CHAP-MD5"),
                clear("require-eap", "--auth eap-md5 --allow-eap-md5 --mppe none", "eap", "EAP-MD5"),
                clear("require-mschap-v2", "--mppe none", "chap MS-v2", "MS-CHAPv2"));
    }

    private static Up mppe(String pppd, String jpptp, int bits, String mode) {
        boolean v1 = jpptp.contains("mschap");
        boolean eap = pppd.contains("eap");
        String agreed = "MPPE " + bits + "-bit " + mode;
        return new Up(
                pppd,
                jpptp,
                eap ? "eap" : v1 ? "chap MS" : "chap MS-v2",
                eap ? "EAP-MS-CHAPv2" : v1 ? "MS-CHAP v1" : "MS-CHAPv2",
                agreed,
                agreed + " compression enabled");
    }

    private static Up clear(String pppd, String jpptp, String method, String identity) {
        return new Up(pppd + " nomppe", jpptp, method, identity, "", "");
    }

    static Stream<Refused> refused() {
        String way = "The server's way of authentication";
        return Stream.of(
                new Refused(17, "require-mschap require-mppe-128", "", 18, way, "<auth chap MS>"),
                new Refused(17, "require-pap nomppe", "", 18, way, "<auth pap>"),
                new Refused(17, "require-chap nomppe", "", 18, way, "<auth chap MD5>"),
                new Refused(
                        18,
                        "require-eap nomppe",
                        "",
                        22,
                        "refuses the encryption that is required",
                        "MSCHAPv2 success"),
                new Refused(
                        18,
                        "require-mschap-v2 nomppe",
                        "",
                        22,
                        "refuses the encryption that is required",
                        "<auth chap MS-v2>"),
                new Refused(
                        20,
                        "require-mschap-v2 require-mppe-40 nomppe-128",
                        "",
                        22,
                        "refuses the encryption that is required",
                        "MPPE required"),
                new Refused(
                        0,
                        "require-mschap-v2 require-mppe-128",
                        "--mppe none",
                        22,
                        "The server requires encryption",
                        "MPPE required"),
                // pppd makes keys of 40 bits from the LAN Manager hash, and knows none.
                new Refused(
                        22,
                        "require-mschap require-mppe-40 nomppe-128",
                        "--auth mschap --allow-mschap --mppe 40",
                        23,
                        "MPPE required but not available",
                        "Disabling 40-bit MPPE; MS-CHAP LM not supported"));
    }

    @ParameterizedTest
    @MethodSource("up")
    void comesUpAndCarriesTraffic(Up cell) {
        String before = here.hostState();
        int logged = peer.pppdLog().length();
        try (JpptpProcess jpptp = connect(cell.pppd, cell.jpptp + " -v --mtu " + MTU)) {
            Connect.awaitUp(jpptp);
            assertThat(jpptp.out().text()).containsPattern("identity +" + cell.identity + " as alice");
            if (cell.encryption.isEmpty()) {
                assertThat(jpptp.out().text()).doesNotContain("MPPE");
            } else {
                assertThat(jpptp.out().text()).containsPattern("encryption +" + cell.encryption + ", both directions");
            }
            assertThat(Transfer.WRAP.upload(here, Connect.TRANSFER)).isEqualTo(Transfer.WRAP.sha256());
            assertThat(Transfer.WRAP.download(here, Connect.TRANSFER)).isEqualTo(Transfer.WRAP.sha256());

            Connect.settle(here);
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            assertThat(jpptp.err().text()).containsPattern("sent \\[LCP TermReq .*the user ended the tunnel");
        }
        String pppd = peer.awaitPppd(logged, "Connection terminated", Connect.LONG);
        // That we end it in order is said above. A guest that is too slow to hear us out learns of the end from pptpd.
        assertThat(pppd)
                .contains("<auth " + cell.method + ">", cell.mppe)
                .containsPattern("LCP terminated by peer \\(the user ended the tunnel\\)|Modem hangup");
        assertThat(here.hostState()).isEqualTo(before);
        row(
                cell.pppd,
                cell.jpptp,
                "up: " + cell.identity + ", " + (cell.encryption.isEmpty() ? "in clear" : cell.encryption)
                        + "; 2.5 MiB each way arrive whole");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedInWords(Refused cell) {
        String before = here.hostState();
        int logged = peer.pppdLog().length();
        String said;
        String pppd;
        try (Capture capture = Capture.start(here, peer.device(), directory.resolve(logged + ".pcap"));
                JpptpProcess jpptp = connect(cell.pppd, cell.jpptp)) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(cell.code);
            said = jpptp.err().all().stream()
                    .filter(line -> line.startsWith("jpptp: "))
                    .findFirst()
                    .orElse("");
            pppd = peer.awaitPppd(logged, "Connection terminated", Connect.LONG);
            String log = CausesTable.sameIn(pppd, cell.code);
            if (cell.cause > 0) {
                String options = cell.jpptp.isEmpty() ? "" : ", `" + cell.jpptp + "`";
                CausesTable.failed(
                        cell.cause, "pppd: `" + cell.pppd + "`" + options, jpptp, cell.code, capture.stop(), log);
            }
        }
        assertThat(said).contains(cell.sentence).contains("(exit code " + cell.code);
        assertThat(pppd).contains(cell.log).doesNotContain("local  IP address");
        assertThat(here.hostState()).isEqualTo(before);
        row(cell.pppd, cell.jpptp, said.substring("jpptp: ".length()));
    }

    private JpptpProcess connect(String pppd, String jpptp) {
        peer.reconfigure(List.of(pppd));
        return Connect.to(
                SERVER,
                here,
                "secret",
                Stream.of(jpptp.split(" ", -1)).filter(word -> !word.isEmpty()).toArray(String[]::new));
    }

    private static void row(String pppd, String jpptp, String result) {
        InteroperabilityTable.seen(TABLE, result, "`" + pppd + "`", jpptp.isEmpty() ? "" : "`" + jpptp + "`");
    }
}
