package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.Personalities;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server that tells the client's host by which way to send: nothing of it is heeded, wherever the interface is. */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdviceIT {
    private static final String NAME = "pptp7";
    private static final Pattern PID = Pattern.compile("\"proxy\":\\{[^}]*\"pid\":(\\d+)");
    private static final Pattern INNER = Pattern.compile(" inet (\\S+) peer ");
    private static final Pattern FAR = Pattern.compile("(?m)^(\\S+) +\\S+ +.*<[^>]*POINTOPOINT");

    /** A Router Advertisement of fe80::bad: a prefix to make an address of, a default route, an MTU. */
    private static final String ADVERTISEMENT = """
            use Socket; my ($device) = @ARGV;
            my $from = pack("H32", "fe800000000000000000000000000bad");
            my $to = pack("H32", "ff020000000000000000000000000001");
            my $icmp = pack("CCnCCnNN", 134, 0, 0, 64, 0, 1800, 0, 0)
                . pack("CCCCNNN", 3, 4, 64, 0xC0, 86400, 14400, 0) . pack("H32", "20010db80bad0000" . "0" x 16)
                . pack("CCnN", 5, 1, 0, 1280);
            my $sum = 0;
            $sum += $_ for unpack("n*", $from . $to . pack("NN", length $icmp, 58) . $icmp);
            $sum = ($sum & 0xFFFF) + ($sum >> 16) for 1, 2;
            substr($icmp, 2, 2) = pack("n", ~$sum & 0xFFFF);
            my $packet = pack("NnCC", 6 << 28, length $icmp, 58, 255) . $from . $to . $icmp;
            my $ifreq = pack("a16x16", $device);
            socket(my $socket, 17, SOCK_DGRAM, 0) or die $!; # AF_PACKET
            ioctl($socket, 0x8933, $ifreq) or die $!; # SIOCGIFINDEX
            my $index = unpack("x16i", $ifreq);
            for (1 .. 3) { send($socket, $packet, 0, pack("SniSCCa8", 17, 0x86DD, $index, 0, 0, 0, "")) or die $! }
            """;

    /** A redirect of the client's router's to another host of its network, about a datagram that the client has sent. */
    private static final String REDIRECT = """
            use Socket; my ($device, $inner, $router, $other, $outer, $far) = @ARGV;
            sub sum { my $sum = 0; $sum += $_ for unpack("n*", shift); $sum = ($sum & 0xFFFF) + ($sum >> 16) for 1, 2;
                pack("n", ~$sum & 0xFFFF) }
            sub ip { my ($from, $to, $protocol, $rest) = @_;
                my $ip = pack("CCnNCCna4a4", 0x45, 0, 20 + length $rest, 0, 64, $protocol, 0, inet_aton($from), inet_aton($to));
                substr($ip, 10, 2) = sum($ip); $ip . $rest }
            my $icmp = pack("CCna4", 5, 1, 0, inet_aton($other)) . ip($outer, $far, 17, pack("nnnnNN", 5000, 53, 16, 0, 1, 2));
            substr($icmp, 2, 2) = sum($icmp);
            my $packet = ip($router, $inner, 1, $icmp);
            my $ifreq = pack("a16x16", $device);
            socket(my $socket, 17, SOCK_DGRAM, 0) or die $!; # AF_PACKET
            ioctl($socket, 0x8933, $ifreq) or die $!; # SIOCGIFINDEX
            my $index = unpack("x16i", $ifreq);
            send($socket, $packet, 0, pack("SniSCCa8", 17, 0x0800, $index, 0, 0, 0, "")) or die $!;
            """;

    private final TwoHosts hosts = new TwoHosts();
    private EmbeddedServer server;

    @BeforeAll
    void serve() {
        server = hosts.serve(
                TwoHosts.config().with(Personalities.OURS.but().speaksIpv6().build()));
    }

    @AfterAll
    void stop() {
        server.close();
        hosts.close();
    }

    private JpptpProcess connect(String... more) {
        JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, hosts.client(), "secret", more);
        Connect.awaitUp(jpptp);
        return jpptp;
    }

    /** By the server's end of the tunnel; what follows it there comes after it. */
    private void advertise() {
        hosts.server().exec("perl", "-e", ADVERTISEMENT, far()).orThrow();
    }

    /** The server's end. */
    private String far() {
        String links = hosts.server().exec("ip", "-br", "link").orThrow();
        Matcher far = FAR.matcher(links);
        assertThat(far.find()).as(links).isTrue();
        return far.group(1);
    }

    /** A command in the network namespace of the tunnel's proxy. */
    private String inside(String... command) {
        String status;
        try (JpptpProcess json = JpptpProcess.start(hosts.client(), "status", NAME, "--json")) {
            json.awaitExit(Connect.LONG);
            status = json.out().text();
        }
        Matcher pid = PID.matcher(status);
        assertThat(pid.find()).as(status).isTrue();
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", pid.group(1), "--net"));
        words.addAll(List.of(command));
        return hosts.client().exec(Connect.LONG, words.toArray(String[]::new)).orThrow();
    }

    private String here(String... command) {
        return hosts.client().exec(Connect.LONG, command).orThrow();
    }

    private static void end(JpptpProcess jpptp) {
        jpptp.signal("INT");
        assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
    }

    @Test
    void anAdvertisementGivesTheHostNothing() {
        try (JpptpProcess jpptp = connect("--ipv6", "--interface=" + NAME)) {
            advertise();
            here("ping", "-c", "2", "-w", "60", TwoHosts.INNER_SERVER);
            assertThat(here("ip", "-6", "addr", "show", "dev", NAME))
                    .contains("inet6 fe80:")
                    .doesNotContain("2001:");
            assertThat(here("ip", "-6", "route")).doesNotContain("2001:", "default");

            here("sysctl", "-qw", "net.ipv6.conf." + NAME + ".accept_ra=1");
            advertise();
            here("ping", "-c", "2", "-w", "60", TwoHosts.INNER_SERVER);
            assertThat(here("ip", "-6", "route"))
                    .as("it is one that would be followed")
                    .contains("default via fe80::bad dev " + NAME);
            end(jpptp);
        }
    }

    /** What goes to another host than the server, and not through the tunnel, keeps its way. */
    @Test
    void aRedirectMovesNothing() throws Exception {
        hosts.client().route("198.51.100.0/24 via " + TwoHosts.SERVER);
        here("ip", "neigh", "add", "192.0.2.66", "lladdr", "02:00:00:00:00:66", "dev", "eth0");
        try (JpptpProcess jpptp = connect("--interface=" + NAME);
                DatagramSocket socket = NetworkNamespace.call(hosts.client().name(), () -> new DatagramSocket(5000))) {
            assertThat(socket.isBound()).isTrue();
            Matcher inner = INNER.matcher(here("ip", "-o", "-4", "addr", "show", "dev", NAME));
            assertThat(inner.find()).isTrue();
            hosts.server()
                    .exec(
                            "perl",
                            "-e",
                            REDIRECT,
                            far(),
                            inner.group(1),
                            TwoHosts.SERVER,
                            "192.0.2.66",
                            "192.0.2.2",
                            "198.51.100.9")
                    .orThrow();
            here("ping", "-c", "2", "-w", "60", TwoHosts.INNER_SERVER);
            assertThat(here("ip", "route", "get", "198.51.100.9"))
                    .contains("via " + TwoHosts.SERVER + " dev eth0")
                    .doesNotContain("redirected");
            end(jpptp);
        }
    }

    @Test
    void norTheNamespaceOfAProxy() {
        try (JpptpProcess jpptp = connect("--ipv6", "--interface=" + NAME, "--proxy", "1080")) {
            advertise();
            inside("ping", "-c", "2", "-w", "60", TwoHosts.INNER_SERVER);
            assertThat(inside("ip", "-6", "addr", "show", "dev", NAME))
                    .contains("inet6 fe80:")
                    .doesNotContain("2001:");
            assertThat(inside("ip", "-6", "route")).doesNotContain("2001:", "default");
            end(jpptp);
        }
    }
}
