package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.peer.Transfer;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * TCP between a host behind this one and a host behind the server. Both are on links of 1500 octets, and are not told that the tunnel
 * takes less: ICMP that says so never reaches them, as in many a network.
 */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SegmentSizesIT {
    private static final String WEB = "10.70.0.2";
    private static final String BLOB = "http://" + WEB + ":8080/blob";
    private static final String NAME = "pptp7";
    private static final Pattern CLAMPED = Pattern.compile("\"clamped\":(\\d+)");
    private static final Pattern UNTOLD = Pattern.compile("counter packets (\\d+) ");
    /** What curl ends with where its time is over. */
    private static final int TIMED_OUT = 28;

    private final TwoHosts hosts = new TwoHosts();
    private final TestNamespace behind = TestNamespace.create();
    private final TestNamespace web = TestNamespace.create();
    private EmbeddedServer server;

    @BeforeAll
    void join() {
        TestNamespace here = hosts.client();
        attach(here, "10.55.0", behind);
        here.nft("table ip nat { chain out { type nat hook postrouting priority 100; oifname " + NAME
                + " masquerade; }; }");
        attach(hosts.server(), "10.70.0", web);
        server = hosts.serve(TwoHosts.config());
        Path services = Path.of("..", "lab", "peer", "inner-services").toAbsolutePath();
        web.exec(
                        "bash",
                        "-c",
                        "perl " + services + " " + WEB + " > /dev/null 2>&1 < /dev/null &\n" + "until echo > /dev/tcp/"
                                + WEB + "/8080; do sleep 0.1; done 2> /dev/null")
                .orThrow();
    }

    @AfterAll
    void end() {
        server.close();
        web.close();
        behind.close();
        hosts.close();
    }

    /** Joins a host to a router with a link of 1500 octets; what it would be told of sizes is counted, and dropped. */
    private static void attach(TestNamespace router, String network, TestNamespace host) {
        router.exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        router.link("lan", host, "eth0");
        router.address("lan", network + ".1/24");
        host.address("eth0", network + ".2/24");
        host.route("default via " + network + ".1");
        host.nft("table ip untold { chain in { type filter hook input priority 0;"
                + " icmp type destination-unreachable icmp code frag-needed counter drop; }; }");
        assertThat(host.exec("sysctl", "-n", "net.ipv4.tcp_mtu_probing").orThrow())
                .as("nobody finds the size out by trying")
                .isEqualTo("0\n");
    }

    private JpptpProcess connect(String mss) {
        JpptpProcess jpptp = JpptpProcess.start(
                hosts.client(),
                "secret\n",
                Connect.arguments(TwoHosts.SERVER, "--interface=" + NAME, "--route=10.70.0.0/24", "--mss=" + mss));
        Connect.awaitUp(jpptp);
        return jpptp;
    }

    private long clamped() {
        try (JpptpProcess status = JpptpProcess.start(hosts.client(), "status", NAME, "--json")) {
            status.awaitExit(Connect.LONG);
            return number(CLAMPED, status.out().text());
        }
    }

    private static long untold(TestNamespace host) {
        return number(UNTOLD, host.exec("nft", "list", "table", "ip", "untold").orThrow());
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private Command.Result download(int seconds) {
        return bash("set -o pipefail; curl -sS --max-time " + seconds + " " + BLOB + " | sha256sum | cut -c 1-64");
    }

    private Command.Result upload(int seconds) {
        return bash("file=$(mktemp); trap 'rm $file' EXIT; seq 1 3000000 2> /dev/null | head -c 16777216 > $file;"
                + " curl -sS --max-time " + seconds + " -T $file http://" + WEB + ":8080/");
    }

    private Command.Result bash(String script) {
        return behind.exec(Connect.LONG, "bash", "-c", script);
    }

    /** 16 MiB each way, of which nobody ever sends a packet that does not fit. */
    @Test
    @Order(1)
    void forwardedConnectionsWorkWhereNobodyIsToldOfTheSize() {
        try (JpptpProcess jpptp = connect("clamp")) {
            assertThat(download(170).orThrow().strip()).isEqualTo(Transfer.WHOLE.sha256());
            assertThat(upload(170).orThrow().strip()).isEqualTo(Transfer.WHOLE.sha256());
            assertThat(clamped()).as("SYN and answer of two connections").isEqualTo(4);
            assertThat(untold(behind) + untold(web)).isZero();
            try (JpptpProcess status = JpptpProcess.start(hosts.client(), "status", NAME)) {
                status.awaitExit(Connect.LONG);
                assertThat(status.out().text()).contains("the segment size was lowered in 4 packets");
            }
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
    }

    /** What it is for: connections that are opened, and then carry nothing; the web server tries on for long. */
    @Test
    @Order(2)
    void withoutLowerSizesTheyHang() {
        try (JpptpProcess jpptp = connect("off")) {
            assertThat(bash("curl -sS --max-time 60 http://" + WEB + ":8080/small")
                            .orThrow())
                    .as("small packets pass")
                    .isEqualTo("this is /small\n");
            long toldAbove = untold(web);
            assertThat(download(3).status()).isEqualTo(TIMED_OUT);
            assertThat(untold(web)).as("the web server is told in vain").isGreaterThan(toldAbove);
            long toldBelow = untold(behind);
            assertThat(upload(3).status()).isEqualTo(TIMED_OUT);
            assertThat(untold(behind)).as("the client is told in vain").isGreaterThan(toldBelow);
            assertThat(clamped()).isZero();
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
    }
}
