package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;
import org.jpptp.lab.server.SmallerMru;
import org.junit.jupiter.api.Test;

/** What other clients fail at, and this one does not. */
@RequiresRoot
@RequiresTshark
class WorkingIT extends Provoking {
    private static final int MRU = 1450;
    private static final int SMALLER = 1000;

    private static ServerConfig good() {
        return TwoHosts.config();
    }

    /** Its host vanished without a word: the server still has the old connection and the old call. */
    @Test
    void theOldCallIsStillThere() {
        try (EmbeddedServer server = hosts.serve(good());
                JpptpProcess old = Connect.to(TwoHosts.SERVER, hosts.client(), "secret")) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(old);
            String ports = hosts.client()
                    .exec("ss", "-Htn", "dport", "=", ":1723")
                    .orThrow()
                    .strip();
            String port = ports.split("\\s+", -1)[3].replaceFirst(".*:", "");
            hosts.client().nft("""
                    table ip gone {
                      chain out { type filter hook output priority 0; tcp sport %s drop; }
                    }
                    """.formatted(port));
            old.signal("KILL");
            old.awaitExit(Connect.LONG);
            try (Attempt tidy = Attempt.to("192.0.2.1:1", hosts.client(), "secret")) {
                assertThat(tidy.awaitExit()).isEqualTo(11); // what the dead one left is undone
            }
            works(8, "a client killed and started again at once", hosts.client(), "secret", answered());
            hosts.client().nft("delete table ip gone");
        }
    }

    @Test
    void lettersOutsideAscii() {
        works(
                13,
                "a password with é, ü and €",
                good().with(new SingleUser("alice", "p\u00e9r\u00fc\u20ac", 0), 0),
                "p\u00e9r\u00fc\u20ac",
                answered());
    }

    @Test
    void noBlankBehindTheProof() {
        works(14, "`S=…M=…`, as Windows Server 2019", good().with(FrameFaults.joiningProofAndText()), answered());
    }

    @Test
    void theServerIsNotAskedToAuthenticate() {
        Explained call =
                works(15, "PoPToP, which authenticates to nobody", good().with(Personalities.POPTOP), answered());
        assertThat(call.ladder())
                .filteredOn(rung -> rung.from() == Side.CLIENT && rung.text().startsWith("LCP ConfReq"))
                .isNotEmpty()
                .allSatisfy(rung -> assertThat(rung.text()).doesNotContain("auth"));
    }

    @Test
    void optionsOfDialInServers() {
        Explained call = works(
                16,
                "Windows RRAS, which asks for callback and multilink",
                good().with(Personalities.WINDOWS_RRAS),
                answered());
        assertThat(call.ladder()).extracting(rung -> rung.text()).anyMatch(text -> text.startsWith("LCP ConfRej"));
    }

    /** The log of the mailing-list thread of December 2003, in a file; and what is advised there. */
    @Test
    void whatTheThreadIsToldHelpsAgainstItsServer() throws IOException {
        Path log = Files.copy(
                Path.of("..", "lab", "src", "test", "resources", "seeds", "nortel-thread.txt"),
                directory.resolve("thread.log"));
        InPlace explained = InPlace.run(hosts.client(), "explain", "--no-color", log.toString());
        assertThat(explained.code()).as(explained.err()).isEqualTo(22);
        String said = explained.out().replaceAll("\\s+", " ");
        assertThat(said)
                .contains("the peer offered 40-bit stateful with MPPC; allowed is 40-bit stateless.")
                .contains("--mppe");
        Matcher options = Pattern.compile("--mppe \\w+ --mppe-mode \\w+").matcher(said);
        assertThat(options.find()).as(said).isTrue();
        works(
                19,
                "Nortel Contivity, with `" + options.group() + "`",
                good().with(Personalities.NORTEL_CONTIVITY),
                answered(),
                options.group().split(" ", -1));
    }

    @Test
    void whatTheRemedyNamesHelps() {
        works(
                20,
                "Cisco IOS, with `--mppe 40 --mppe-mode any`",
                good().with(Personalities.CISCO_IOS),
                answered(),
                "--mppe",
                "40",
                "--mppe-mode",
                "any");
    }

    /** Of what is lost nothing can come; what comes after it has to be readable again. */
    @Test
    void packetsAreLost() {
        String[] options = {"--mppe", "40", "--mppe-mode", "any"};
        works(
                23,
                "stateful encryption, and one packet in ten lost",
                good().with(Personalities.CISCO_IOS),
                attempt -> {
                    hosts.client().nft("""
                            table ip lossy {
                              chain in {
                                type filter hook input priority 0
                                ip protocol gre numgen random mod 10 == 0 drop
                              }
                            }
                            """);
                    hosts.client()
                            .exec(Connect.LONG, "ping", "-c", "100", "-i", "0.01", "-W", "1", TwoHosts.INNER_SERVER);
                    hosts.client().nft("delete table ip lossy");
                    // Until all three have come: the first may show the server that it has to begin anew.
                    hosts.client()
                            .exec(Connect.LONG, "ping", "-c", "3", "-i", "0.2", "-w", "20", TwoHosts.INNER_SERVER)
                            .orThrow();
                    return "up, and pings are answered again.";
                },
                options);
    }

    /** No ICMP tells of it, and TCP inside fills its segments. */
    @Test
    void thePathIsNarrow() {
        try (BehindNat net = new BehindNat();
                EmbeddedServer server = TwoHosts.serve(net.server(), good())) {
            assertThat(server.port()).isEqualTo(1723);
            net.assignTheHelper();
            net.router().exec("ip", "link", "set", "outside", "mtu", "1300").orThrow();
            net.server().exec("ip", "link", "set", "eth0", "mtu", "1300").orThrow();
            net.router().nft("""
                    table ip silent {
                      chain out { type filter hook output priority 0; ip protocol icmp drop; }
                    }
                    """);
            works(25, "a path of 1300 octets that sends no ICMP", net.client(), "secret", attempt -> {
                String octets = "1000000";
                net.server()
                        .exec(
                                "sh",
                                "-c",
                                "timeout 60 socat -u EXEC:'head -c " + octets
                                        + " /dev/zero' TCP-LISTEN:9001 > /dev/null 2>&1 &");
                String counted = net.client()
                        .exec(
                                "sh",
                                "-c",
                                "socat -u TCP:" + TwoHosts.INNER_SERVER + ":9001,retry=50,interval=0.1 - | wc -c")
                        .orThrow()
                        .strip();
                assertThat(counted).isEqualTo(octets);
                return "up, and 1 MB of TCP arrives whole.";
            });
        }
    }

    @Test
    void namesAreLookedUpThereAndAfterwardsAsBefore() throws IOException {
        ServerConfig naming = good().naming(List.of(TwoHosts.address("192.168.77.53")));
        String before = Files.readString(hosts.client().resolvConf());
        // By a process of its own: its /etc/resolv.conf is the namespace's.
        try (EmbeddedServer server = hosts.serve(naming);
                JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, hosts.client(), "secret", "--dns", "accept")) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(jpptp);
            assertThat(Files.readString(hosts.client().resolvConf())).contains("192.168.77.53");
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
        assertThat(Files.readString(hosts.client().resolvConf())).isEqualTo(before);
        CausesTable.works(
                27,
                "a server that names a name server",
                "applied while the tunnel is up, then as before.",
                "the host's own affair");
    }

    @Test
    void theChallengeIsRepeated() {
        works(
                31,
                "a server that does not get the first response",
                good().with(Personalities.WINDOWS_NT4).with(FrameFaults.losingTheFirstResponse()),
                answered(),
                "--mppe-mode",
                "any");
    }

    @Test
    void theMruBecomesSmaller() {
        ServerConfig server = good().with(
                        Personalities.OURS.but().receivesAtMost(MRU).build())
                .with(new SmallerMru(MRU, SMALLER));
        works(36, "a server that renegotiates an MRU of " + SMALLER + " octets", server, attempt -> {
            hosts.client().exec(Connect.LONG, "ping", "-c", "1", "-W", "1", TwoHosts.INNER_SERVER);
            int mtu = changedMtu(attempt);
            answered().of(attempt);
            return "up, and the interface's MTU follows: " + mtu + ".";
        });
    }

    private static int changedMtu(Attempt attempt) {
        long deadline = System.nanoTime() + Connect.LONG.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (TunnelEvent event : attempt.events()) {
                if (event instanceof TunnelEvent.TunnelChanged changed) {
                    return changed.mtu();
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing changed: " + attempt.events());
    }
}
