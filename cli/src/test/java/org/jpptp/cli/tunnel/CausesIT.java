package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.control.ServerTraits;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.FrameFilter.Direction;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes for which a tunnel fails, each provoked: verdict, exit code, and what a capture of it comes to. */
@RequiresRoot
@RequiresTshark
class CausesIT extends Provoking {
    private static ServerConfig good() {
        return TwoHosts.config();
    }

    private static ServerConfig good(ServerTraits traits) {
        return good().with(traits);
    }

    @Test
    void nobodyListens() {
        fails(1, "nothing listens on TCP port 1723", TwoHosts.SERVER, FailureReason.REFUSED, Seen.THE_SAME);
    }

    @Test
    void tcpIsFiltered() {
        hosts.server().nft("""
                table ip silent {
                  chain in { type filter hook input priority 0; tcp dport 1723 drop; }
                }
                """);
        try {
            fails(
                    2,
                    "a firewall drops TCP port 1723",
                    TwoHosts.SERVER,
                    FailureReason.TIMED_OUT,
                    Seen.THE_SAME,
                    "--timeout",
                    "4");
        } finally {
            hosts.server().nft("delete table ip silent");
        }
    }

    @Test
    void nobodyKnowsTheWay() {
        hosts.server().exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        hosts.client().route("198.51.100.0/24 via " + TwoHosts.SERVER);
        fails(2, "a router has no route to it", "198.51.100.9", FailureReason.TIMED_OUT, Seen.THE_SAME);
        hosts.client().exec("ip", "route", "del", "198.51.100.0/24").orThrow();
    }

    @Test
    void thisHostsOutputRuleDropsGre() {
        hosts.client().nft("""
                table ip guard {
                  chain out { type filter hook output priority 0; ip protocol gre drop; }
                }
                """);
        try (EmbeddedServer server = hosts.serve(good())) {
            assertThat(server.port()).isEqualTo(1723);
            fails(6, "this host's OUTPUT rule", TwoHosts.SERVER, FailureReason.GRE_BLOCKED, Seen.NOT_THERE);
        } finally {
            hosts.client().nft("delete table ip guard");
        }
    }

    @Test
    void nobodyTakesGreThere() {
        fails(7, "the server's host opens no raw socket", good().withoutGre(), FailureReason.GRE_UNREACHABLE);
    }

    @Test
    void theCallIsRefused() {
        fails(
                9,
                "Outgoing-Call-Reply with result 4",
                good(ServerTraits.ACCEPTING.withCallResult(4)),
                FailureReason.CALL_REFUSED);
    }

    @Test
    void aConnectionExistsAlready() {
        fails(
                10,
                "Start-Control-Connection-Reply with result 3",
                good(ServerTraits.ACCEPTING.withStartResult(3)),
                FailureReason.CONTROL_REFUSED,
                "--timeout",
                "7");
    }

    @Test
    void thePasswordIsWrong() {
        try (EmbeddedServer server = hosts.serve(good())) {
            assertThat(server.port()).isEqualTo(1723);
            Failure failure = fails(
                    11,
                    "another password",
                    hosts.client(),
                    TwoHosts.SERVER,
                    "wrong",
                    FailureReason.CREDENTIALS_REJECTED,
                    Seen.THE_SAME,
                    attempt -> {});
            assertThat(failure.remedy().toString()).contains("DOMAIN\\alice");
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 646", "12, 647", "12, 648", "12, 649", "12, 709", "37, 812", "37, 913"})
    void theAccountIsRestricted(int number, int error) {
        fails(number, "an account with E=" + error, TwoHosts.config(error), FailureReason.ACCOUNT_RESTRICTED);
    }

    @Test
    void shivasPapIsDemanded() {
        fails(
                16,
                "a server that asks for SPAP",
                good().with(FrameFaults.demandingSpap()),
                FailureReason.AUTH_METHOD_REFUSED);
    }

    @Test
    void aMethodWithoutKeysIsDemanded() {
        fails(
                17,
                "a server that asks for CHAP-MD5",
                good().with(FrameFaults.demandingChapMd5()),
                FailureReason.AUTH_METHOD_REFUSED);
        fails(
                17,
                "a server that asks for PAP",
                good().with(Personalities.OURS
                        .but()
                        .authenticatesBy(AuthMethod.PAP)
                        .build()),
                FailureReason.AUTH_METHOD_REFUSED);
    }

    @Test
    void encryptionIsOff() {
        Failure failure =
                fails(18, "a server without MPPE", good().with(MppePolicy.NONE), FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence()).contains("rejects CCP");
    }

    @Test
    void fortyBitsStatefulWithCompression() {
        Failure failure = fails(
                19,
                "Nortel Contivity",
                good().with(Personalities.NORTEL_CONTIVITY).with(PATIENT),
                FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence())
                .contains("40-bit stateful with MPPC")
                .containsIgnoringCase("allowed is 128-bit stateless");
    }

    @Test
    void statefulOnly() {
        fails(
                20,
                "Cisco IOS, 40 bits",
                good().with(Personalities.CISCO_IOS).with(PATIENT),
                FailureReason.ENCRYPTION_REFUSED);
    }

    @Test
    void itNeverAgrees() {
        fails(
                21,
                "a server that Naks what it asks for",
                good().with(FrameFaults.ackToNak()),
                FailureReason.LINK_NEGOTIATION_FAILED);
    }

    @Test
    void radiusReturnsNoKeys() {
        fails(
                22,
                "Windows NT 4 whose RADIUS server returns no keys",
                good().with(Personalities.WINDOWS_NT4_WITHOUT_KEYS),
                FailureReason.KEYS_WRONG,
                "--mppe-mode",
                "any");
    }

    @Test
    void theServersAddressIsRoutedIntoTheTunnel() {
        try (EmbeddedServer server = hosts.serve(good());
                Attempt attempt =
                        Attempt.to(TwoHosts.SERVER, hosts.client(), "secret", "--route", TwoHosts.SERVER + "/32")) {
            assertThat(server.port()).isEqualTo(1723);
            assertThat(attempt.awaitExit()).isEqualTo(5);
            refused(26, "`--route 192.0.2.1/32`, the server's own address", attempt);
        }
    }

    private static void refused(int number, String provoked, Attempt attempt) {
        String said = attempt.err()
                .lines()
                .filter(line -> line.startsWith("jpptp: "))
                .findFirst()
                .orElse("");
        CausesTable.refused(number, provoked, attempt.awaitExit(), said.substring("jpptp: ".length()));
    }

    @Test
    void greDiesSilently() {
        try {
            goesAway(
                    "GRE vanishes, and the control connection answers",
                    server -> hosts.server().nft("""
                            table ip silent {
                              chain in { type filter hook input priority 0; ip protocol gre drop; }
                              chain out { type filter hook output priority 0; ip protocol gre drop; }
                            }
                            """));
        } finally {
            hosts.server().nft("delete table ip silent");
        }
    }

    @Test
    void tcpDies() {
        goesAway("the server's process is killed", EmbeddedServer::close);
    }

    private void goesAway(String provoked, Consumer<EmbeddedServer> how) {
        try (EmbeddedServer server = hosts.serve(good())) {
            fails(
                    28,
                    provoked,
                    hosts.client(),
                    TwoHosts.SERVER,
                    "secret",
                    FailureReason.LINK_LOST,
                    Seen.THE_SAME,
                    attempt -> {
                        attempt.awaitUp();
                        how.accept(server);
                    },
                    "--echo-interval",
                    "1",
                    "--echo-failures",
                    "2");
        }
    }

    @Test
    void optionsContradict() {
        for (List<String> options : List.of(
                List.of("--auth", "chap", "--allow-chap"), List.of("--mppe", "none", "--mppe-mode", "stateful"))) {
            try (Attempt attempt =
                    Attempt.to(TwoHosts.SERVER, hosts.client(), "secret", options.toArray(String[]::new))) {
                assertThat(attempt.awaitExit()).isEqualTo(2);
                refused(29, "`" + String.join(" ", options) + "`", attempt);
            }
        }
    }

    @Test
    void theAddressIsAbsurd() {
        ServerConfig config = ServerConfig.standard(
                good().users().accounts(),
                TwoHosts.address(TwoHosts.INNER_SERVER),
                List.of(TwoHosts.address("127.0.0.5")));
        fails(30, "a server that gives 127.0.0.5", config, FailureReason.ADDRESSES_REFUSED);
    }

    @Test
    void theAddressIsThisHostsOwn() {
        hosts.client()
                .exec("ip", "addr", "add", "192.168.77.10/32", "dev", "lo")
                .orThrow();
        try (EmbeddedServer server = hosts.serve(good())) {
            assertThat(server.port()).isEqualTo(1723);
            fails(
                    30,
                    "a server that gives an address of this host",
                    TwoHosts.SERVER,
                    FailureReason.ADDRESSES_REFUSED,
                    Seen.NOT_THERE);
        } finally {
            hosts.client()
                    .exec("ip", "addr", "del", "192.168.77.10/32", "dev", "lo")
                    .orThrow();
        }
    }

    @Test
    void pppDiesAtItsStart() {
        fails(
                32,
                "PoPToP whose pppd dies over an option",
                good().with(Personalities.OPENWRT),
                FailureReason.ENDED_BY_SERVER);
    }

    @Test
    void theKeysDifferBothWays() {
        keysDiffer(33, "keys that differ in both directions", Direction.TO_CLIENT, Direction.TO_SERVER);
    }

    @Test
    void theKeysDifferOneWay() {
        keysDiffer(35, "another key for what the server sends", Direction.TO_CLIENT);
    }

    private void keysDiffer(int number, String provoked, Direction first, Direction... more) {
        try (EmbeddedServer server = hosts.serve(good().with(FrameFaults.otherKeys(first, more)))) {
            assertThat(server.port()).isEqualTo(1723);
            fails(
                    number,
                    provoked,
                    hosts.client(),
                    TwoHosts.SERVER,
                    "secret",
                    FailureReason.KEYS_WRONG,
                    Seen.THE_SAME,
                    attempt -> {
                        attempt.awaitUp();
                        // What the server cannot read it does not answer.
                        hosts.server().exec("ping", "-c", "40", "-i", "0.02", "-W", "1", "192.168.77.10");
                    });
        }
    }
}
