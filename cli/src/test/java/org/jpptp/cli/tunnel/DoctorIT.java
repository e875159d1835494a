package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault of a machine, made in a namespace: {@code doctor} finds it, and what it says mends it. */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> JPPTP = List.of(JAVA, "-jar", System.getProperty("jpptp.jar"));

    private TwoHosts hosts;

    @BeforeAll
    void make() {
        hosts = new TwoHosts();
    }

    @AfterAll
    void remove() {
        hosts.close();
    }

    private TestNamespace here() {
        return hosts.client();
    }

    /** What it shows as wrong, and after its own command no more. */
    private void isFoundAndMended(int code, String seen) {
        InPlace ill = InPlace.run(here(), "doctor", "--no-color");
        assertThat(ill.code()).as(ill.out()).isEqualTo(code);
        List<String> lines = ill.out().lines().toList();
        int at = 0;
        while (at < lines.size() && !lines.get(at).contains(seen)) {
            at++;
        }
        assertThat(at).as(ill.out()).isLessThan(lines.size());
        String command = lines.subList(at, lines.size()).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("\u2192 "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no command for it:\n" + ill.out()))
                .substring(2);
        here().exec("sh", "-c", command).orThrow();
        InPlace well = InPlace.run(here(), "doctor", "--no-color");
        assertThat(well.out()).doesNotContain(seen);
        assertThat(well.code()).as(well.out()).isZero();
    }

    @Test
    void rulesInChainsThatOthersJumpTo() {
        here().nft("""
                table inet guard {
                  chain last {
                    tcp dport 22 accept
                    drop
                  }
                  chain zone {
                    iifname "eth0" goto last
                  }
                  chain in {
                    type filter hook input priority 0; policy accept;
                    iifname "eth0" jump zone
                  }
                }
                """);
        try {
            isFoundAndMended(15, "dropped by chain last of table inet guard");
        } finally {
            here().nft("delete table inet guard");
        }
    }

    @Test
    void aPolicyOfTheOutput() {
        here().nft("""
                table ip guard {
                  chain out {
                    type filter hook output priority 0; policy drop;
                    tcp dport 1723 accept
                  }
                }
                """);
        try {
            isFoundAndMended(15, "dropped by chain out of table ip guard");
        } finally {
            here().nft("delete table ip guard");
        }
    }

    /** The kernel keeps rules of the older kind apart from nft's. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables-nft", "iptables-legacy"})
    void chainsOfIptables(String iptables) {
        assumeTrue(here().exec(iptables, "-S").status() == 0, "a kernel and a program for " + iptables);
        for (String rule : List.of(
                "-N GUARD", "-A GUARD -p tcp --dport 22 -j ACCEPT", "-A GUARD -j DROP", "-A INPUT -i eth0 -j GUARD")) {
            here().exec("sh", "-c", iptables + " " + rule).orThrow();
        }
        try {
            isFoundAndMended(15, "dropped by chain GUARD of ");
        } finally {
            here().exec("sh", "-c", iptables + " -F && " + iptables + " -X").orThrow();
        }
    }

    /** One that says less than the program's own date; the date is what can be changed without changing it for all. */
    @Test
    void aClockThatIsOlderThanTheProgram() throws IOException {
        Path jar = Files.createTempFile("jpptp", ".jar");
        try {
            Files.copy(Path.of(System.getProperty("jpptp.jar")), jar, StandardCopyOption.REPLACE_EXISTING);
            assertThat(doctorOf(jar)).contains("\u2713 clock", "The clock says 2");
            Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2099-01-02T03:04:05Z")));
            assertThat(doctorOf(jar)).contains("! clock", "this program was made on 2099-01-02: one of them is wrong.");
        } finally {
            Files.delete(jar);
        }
    }

    private String doctorOf(Path jar) {
        return here().exec(JAVA, "-jar", jar.toString(), "doctor", "--no-color").orThrow();
    }

    @Test
    void aHelperThatNoRuleAssigns() {
        here().exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        try {
            isFoundAndMended(0, "no rule assigns");
            here().nft("delete table ip pptp_helper");
        } finally {
            here().exec("sysctl", "-qw", "net.ipv4.ip_forward=0").orThrow();
        }
    }

    @Test
    void twoWaysOutAndAStrictFilter() {
        here().exec("ip", "link", "add", "eth1", "type", "veth", "peer", "eth2").orThrow();
        here().exec("ip", "link", "set", "eth1", "up").orThrow();
        here().address("eth1", "203.0.113.2/24");
        here().route("default via " + TwoHosts.SERVER);
        here().route("default via 203.0.113.1 metric 50");
        here().exec("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1").orThrow();
        try {
            isFoundAndMended(0, "rp_filter is strict");
        } finally {
            here().exec("ip", "link", "del", "eth1").orThrow();
            here().exec("ip", "route", "del", "default").orThrow();
            here().exec("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0").orThrow();
        }
    }

    /** A client's route to its server leads into its own tunnel, and so do the tunnel's packets. */
    @Test
    void aTunnelThatCarriesItself() {
        here().exec("ip", "tuntap", "add", "ppp9", "mode", "tun").orThrow();
        here().exec("ip", "link", "set", "ppp9", "up").orThrow();
        here().route("default via " + TwoHosts.SERVER);
        here().route("198.51.100.9/32 dev ppp9 metric 1");
        here().exec("sh", "-c", "timeout 60 socat -u TCP:198.51.100.9:1723 - > /dev/null 2>&1 &")
                .orThrow();
        here().exec("sh", "-c", "until ss -Htn state syn-sent | grep -q 1723; do sleep 0.05; done")
                .orThrow();
        try {
            isFoundAndMended(5, "go into the tunnel ppp9");
        } finally {
            here().exec("ip", "route", "del", "198.51.100.9/32", "dev", "eth0");
            here().exec("ip", "route", "del", "default").orThrow();
            here().exec("ip", "link", "del", "ppp9").orThrow();
        }
    }

    /** What it keeps for the next boot goes nowhere. */
    @Test
    void lockdownThatSomebodyLeftOn() {
        String kept = "mount -t tmpfs tmpfs /var/lib && exec \"$@\"";
        String script =
                "jpptp() { " + String.join(" ", JPPTP) + " \"$@\"; }; jpptp lockdown on 2>&1; jpptp doctor --no-color;"
                        + " jpptp lockdown off; jpptp doctor --no-color";
        String out = here().exec(Connect.LONG, "unshare", "--mount", "sh", "-c", kept, "sh", "sh", "-c", script)
                .orThrow();
        assertThat(out)
                .contains("! lockdown   Lockdown is on: nothing leaves this machine but tunnels. Name servers are not")
                .contains("\u2192 jpptp lockdown off")
                .contains("\u2713 lockdown   Lockdown is off.");
    }

    @Test
    void whatATunnelLeftThatWasKilled() {
        String before = here().hostState();
        try (EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess killed = Connect.to(TwoHosts.SERVER, here(), "secret", "--route", "10.11.0.0/16")) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(killed);
            killed.signal("KILL");
            killed.awaitExit(Connect.LONG);
        }
        assertThat(here().hostState()).isNotEqualTo(before);
        assertThat(says("doctor")).contains("Dead tunnels left changes", "\u2192 jpptp doctor --repair");
        assertThat(says("doctor", "--repair")).contains("No dead tunnel has left anything.");
        assertThat(here().hostState()).isEqualTo(before);
    }

    /** A process finds the journals of others in the namespace. */
    private String says(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--no-color");
        try (JpptpProcess jpptp = JpptpProcess.start(here(), "", arguments)) {
            jpptp.awaitExit(Connect.LONG);
            return jpptp.out().text();
        }
    }
}
