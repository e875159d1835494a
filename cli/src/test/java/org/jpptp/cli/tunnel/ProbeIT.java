package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a probe shows of Debian's pptpd behind a router, what pptpd and pppd saw of it, and an independent capture. */
@RequiresRealPeer
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbeIT {
    private static final String SERVER = "10.99.0.2";
    private static final String TERMINATED = "Connection terminated";

    /** Waits until each control connection has come to its end in pptpd's log. */
    private static final String FINISHED = """
            connections() { grep -c "control connection $1" /run/peer/pptpd.log; }
            until [ "$(connections started)" = "$(connections finished)" ]; do sleep 0.1; done
            """;

    /** Whoever sends one of these logs on. */
    private static final String PROOFS =
            "chap.code == 2 || pap.code == 1 || (eap.code == 2 && !(eap.type == 1 || eap.type == 2 || eap.type == 3))";

    private static final Pattern PROOF =
            Pattern.compile("rcvd \\[(CHAP |PAP |EAP Response id=\\S+ (?!Identity|Notification|Nak))");

    @TempDir
    Path folder;

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

    /**
     * Options of pppd, and what a probe shows.
     *
     * @param pppd options, a line each
     * @param cleared how many calls pptpd hears us end
     * @param shown in this order
     */
    private record Configuration(List<String> pppd, int cleared, List<String> shown) {
        @Override
        public String toString() {
            return String.join(" ", pppd);
        }
    }

    static Stream<Configuration> configurations() {
        return Stream.of(
                new Configuration(
                        List.of("require-mschap-v2", "require-mppe-128"),
                        1,
                        List.of(
                                "<auth chap MS-v2>",
                                "asks for MS-CHAPv2, and no other",
                                "GRE packets of 1500 octets pass",
                                "not seen: it shows only to whoever logs on (-u NAME)",
                                "Most likely this connects:",
                                "jpptp connect -u NAME 10.99.0.2")),
                new Configuration(
                        List.of("require-eap", "require-mppe-128"),
                        0,
                        List.of(
                                "<auth eap>",
                                "asks for EAP, and no other. Inside EAP it tells nothing to whom it does not know",
                                "Most likely this connects:",
                                "jpptp connect -u NAME 10.99.0.2")),
                new Configuration(
                        List.of("require-pap", "require-chap", "nomppe"),
                        1,
                        List.of(
                                "<auth chap MD5>",
                                "asks for CHAP-MD5, then PAP, and no other",
                                "This connects:",
                                "jpptp connect -u NAME --auth chap --allow-chap --mppe none 10.99.0.2",
                                "CHAP-MD5 does not prove the server",
                                "With pptpd, in the options file of pppd: require-mppe-128",
                                "With pptpd, in the options file of pppd: require-mschap-v2")),
                new Configuration(
                        List.of("auth"),
                        0,
                        List.of(
                                "<auth eap>",
                                "asks for EAP, then CHAP-MD5, then MS-CHAPv2, then PAP, then MS-CHAP v1, and no other",
                                "Most likely this connects:",
                                "jpptp connect -u NAME 10.99.0.2")),
                new Configuration(
                        RealPeer.MPPE_40,
                        1,
                        List.of(
                                "<auth chap MS-v2>",
                                "asks for MS-CHAPv2, and no other",
                                "Most likely this connects:")));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void withoutAPasswordTheTableIsShownAndNobodyLogsOn(Configuration configuration) {
        peer.reconfigure(configuration.pppd);
        Witnessed seen = witnessed(() -> InPlace.run(here, "probe", "--no-color", SERVER));
        assertThat(seen.code).as(seen.out + seen.err).isZero();
        assertThat(seen.out)
                .as(seen.pppd)
                .containsSubsequence("\"linux\", host \"local\"", "most likely pptpd and pppd", "GRE", "both ways")
                .containsSubsequence(configuration.shown);
        assertThat(Tshark.fields(seen.capture, PROOFS, "frame.number")).isEmpty();
        assertThat(PROOF.matcher(seen.pppd).find()).as(seen.pppd).isFalse();
        endedInOrder(seen, 2, configuration.cleared);
    }

    /** To users whom it knows pppd proposes types of EAP, and to whoever logs on it shows its encryption. */
    @Test
    void withAPasswordSomebodyLogsOnOnce() {
        peer.reconfigure(Stream.concat(
                        Stream.of("require-eap"), RealPeer.MPPE_40.stream().skip(1))
                .toList());
        Witnessed seen = process("secret", "probe", "--no-color", SERVER, "-u", "alice", "--password-fd", "0");
        assertThat(seen.code).as(seen.out + seen.err).isZero();
        assertThat(seen.out)
                .containsSubsequence(
                        "asks for EAP, and no other. Inside EAP: EAP-MD5, then EAP-MS-CHAPv2",
                        "offers 40-bit",
                        "\nThis connects:",
                        "jpptp connect -u NAME --mppe 40");
        assertThat(seen.pppd.lines().filter(line -> PROOF.matcher(line).find() && line.contains("Response <")))
                .hasSize(1);
        endedInOrder(seen, 3, 0);
    }

    /** The first address is nobody's, the second is asked everything, the third what it is. The way there is narrow. */
    @Test
    void ofANameWithManyAddressesTheFirstThatAnswersIsCalledOnANarrowPath() throws IOException {
        peer.reconfigure(RealPeer.MPPE_128);
        peer.exec("ip addr add 10.99.0.3/24 dev vec0");
        Files.writeString(
                here.resolvConf().resolveSibling("hosts"),
                "198.51.100.9 vpn.example\n10.99.0.2 vpn.example\n10.99.0.3 vpn.example\n");
        narrow("1300");
        try {
            Witnessed seen = process("", "probe", "--no-color", "vpn.example");
            assertThat(seen.code).as(seen.out + seen.err).isZero();
            assertThat(seen.out)
                    .containsSubsequence(
                            "198.51.100.9:1723: ",
                            "10.99.0.2:1723 answers TCP in ",
                            "10.99.0.3:1723 answers TCP in ",
                            "GRE packets of up to ",
                            " octets pass both ways unfragmented")
                    // Four less where the packet that passed had no acknowledgement to carry.
                    .containsPattern(
                            "up to (1300 octets .*: datagrams of 1256|1296 octets .*: datagrams of 1252) octets fit")
                    .containsPattern("jpptp connect -u NAME --mtu 125[26] vpn.example");
            assertThat(seen.pptpd).contains("Received STOP CTRL CONN request (disconnecting)");
            endedInOrder(seen, 2, 1);
        } finally {
            narrow("1500");
        }
    }

    private void narrow(String octets) {
        peer.namespace().exec("ip", "link", "set", "peer0", "mtu", octets).orThrow();
    }

    /**
     * A probe, and what the server logged meanwhile.
     *
     * @param capture of the client's device
     */
    private record Witnessed(int code, String out, String err, String pppd, String pptpd, Path capture) {}

    /** By a process of its own: its names are those of the namespace, and its input is the password. */
    private Witnessed process(String password, String... arguments) {
        return witnessed(() -> {
            try (JpptpProcess jpptp = JpptpProcess.start(here, password + "\n", List.of(arguments))) {
                int code = jpptp.awaitExit(Connect.LONG);
                return new InPlace(code, jpptp.out().text(), jpptp.err().text());
            }
        });
    }

    private Witnessed witnessed(Supplier<InPlace> probe) {
        int pppd = peer.pppdLog().length();
        int pptpd = peer.pptpdLog().length();
        try (Capture capture = Capture.start(here, RoutedPeer.OURS, folder.resolve(pppd + ".pcap"))) {
            InPlace ended = probe.get();
            Path file = capture.stop();
            int from = pppd;
            for (String unused : Tshark.fields(file, "pptp.control_message_type == 7", "frame.number")) {
                from += peer.awaitPppd(from, TERMINATED, Connect.LONG).indexOf(TERMINATED) + TERMINATED.length();
            }
            peer.exec(FINISHED);
            String log = peer.pppdLog().substring(pppd);
            return new Witnessed(
                    ended.code(), ended.out(), ended.err(), log, peer.pptpdLog().substring(pptpd), file);
        }
    }

    /**
     * Each link by LCP, then each call. pptpd closes TCP at a Call-Clear-Request and answers nothing, so that no control
     * connection is left to be stopped.
     *
     * @param cleared how many calls pptpd hears us end, at least; it ends those by itself whose pppd has ended
     */
    private static void endedInOrder(Witnessed seen, int calls, int cleared) {
        List<String> names = Tshark.names(seen.capture);
        assertThat(names.stream().filter("Outgoing-Call-Request"::equals)).hasSize(calls);
        assertThat(names.stream().filter("LCP Termination Request"::equals))
                .as(seen.pppd)
                .hasSizeGreaterThanOrEqualTo(calls);
        assertThat(names.stream().filter("Call-Clear-Request"::equals)).hasSizeBetween(cleared, calls);
        assertThat(Tshark.fields(seen.capture, "tcp.flags.reset == 1 && ip.src == 192.0.2.2", "frame.number"))
                .isEmpty();
        assertThat(lines(seen.pptpd, "Received CALL CLR request (closing call)"))
                .as(seen.pptpd)
                .isBetween(cleared, calls);
        assertThat(lines(seen.pppd, "Connect: ")).isEqualTo(calls);
    }

    private static int lines(String log, String text) {
        return (int) log.lines().filter(line -> line.contains(text)).count();
    }
}
