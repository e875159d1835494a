package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jpptp.lab.oracle.Capture;
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

/**
 * A tunnel to pptpd that is lost and comes back, while a program of the host's goes on sending: none of what it sends is seen in
 * clear outside of the tunnel, although the host has another way for it.
 */
@RequiresRealPeer
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconnectIT {
    private static final String SERVER = "10.99.0.2";
    /** An address that this host may have as well. */
    private static final String OTHER = "10.99.0.7";

    /** One that the server may get. */
    private static final String MOVED = "10.99.0.3";

    private static final int CANARIES = 1000;

    /** For how many seconds a client is stopped; {@code -Djpptp.stopped.seconds=120} for as long as people suspend at least. */
    private static final int STOPPED = Integer.getInteger("jpptp.stopped.seconds", 0);

    private static final String KILL = "pkill -9 pptpd; pkill -9 pptpctrl; pkill -9 pppd; true";
    private static final Pattern CANARY = Pattern.compile("canary-\\d+\\.");
    private static final String LOST = "Reconnecting (in|at once)";
    private static final String BACK = "^Tunnel \\S+ is up again after";

    private RealPeer peer;
    private TestNamespace here;

    @BeforeAll
    void boot() {
        peer = RealPeer.start("alice", "secret");
        here = peer.namespace();
        here.route("default via " + SERVER);
    }

    @AfterAll
    void powerOff() {
        peer.close();
    }

    private JpptpProcess connect(String... more) {
        return connectTo(SERVER, more);
    }

    private JpptpProcess connectTo(String server, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "--reconnect";
        all[1] = "--route=192.168.77.0/24";
        System.arraycopy(more, 0, all, 2, more.length);
        JpptpProcess jpptp = Connect.to(server, here, "secret", all);
        Connect.awaitUp(jpptp);
        pings();
        return jpptp;
    }

    private void pings() {
        here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                .orThrow();
    }

    private void sendCanaries() {
        here.exec(
                        Connect.LONG,
                        "bash",
                        "-c",
                        "for i in $(seq " + CANARIES + "); do echo canary-$i. > /dev/udp/" + RealPeer.INNER_ADDRESS
                                + "/9; done")
                .orThrow();
    }

    /** How many of them; an ICMP error quotes what it is about. */
    private static long canaries(Path capture) throws IOException {
        return CANARY.matcher(Files.readString(capture, StandardCharsets.ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .distinct()
                .count();
    }

    /** What is seen outside while the tunnel is away, and that it comes back once the fault is over. */
    private void comesBack(JpptpProcess jpptp, Path directory, Runnable fault, Runnable end) throws IOException {
        Path file = directory.resolve("outside.pcap");
        try (Capture capture = Capture.start(here, peer.device(), file)) {
            fault.run();
            jpptp.err().await(LOST, Connect.LONG);
            sendCanaries();
            end.run();
            jpptp.out().await(BACK, Connect.LONG);
            pings();
            assertThat(canaries(capture.stop())).isZero();
        }
    }

    private static void endsInOrder(JpptpProcess jpptp) {
        jpptp.signal("INT");
        assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
    }

    @Test
    void aServerThatIsKilledAndStartedAgain(@TempDir Path directory) throws IOException {
        String before = here.hostState();
        try (JpptpProcess jpptp = connect()) {
            comesBack(jpptp, directory, () -> peer.exec(KILL), this::startServer);
            endsInOrder(jpptp);
        }
        assertThat(here.hostState()).isEqualTo(before);
    }

    private void startServer() {
        startServer("");
    }

    private void startServer(String options) {
        peer.exec("setsid pptpd --conf /run/pptpd.conf" + options + " < /dev/null > /dev/null 2>&1\n"
                + "until grep -q ':06BB 00000000:0000 0A' /proc/net/tcp; do sleep 0.1; done");
    }

    @Test
    void greThatIsDroppedForAWhile(@TempDir Path directory) throws IOException {
        try (JpptpProcess jpptp = connect("--echo-interval", "1", "--echo-failures", "2")) {
            comesBack(jpptp, directory, () -> here.nft("""
                            table ip drop_gre {
                              chain in { type filter hook input priority 0; ip protocol gre drop; }
                            }
                            """), () -> here.nft("delete table ip drop_gre"));
            endsInOrder(jpptp);
        }
    }

    @Test
    void aServerThatEndsTheTunnelInOrder(@TempDir Path directory) throws IOException {
        try (JpptpProcess jpptp = connect()) {
            comesBack(jpptp, directory, () -> peer.exec("pkill -TERM pppd"), () -> {});
            endsInOrder(jpptp);
        }
    }

    /** This host's address is another one; the tunnel goes by the old one. */
    @Test
    void anotherWayToTheServer(@TempDir Path directory) throws IOException {
        try (JpptpProcess jpptp = connect()) {
            comesBack(jpptp, directory, () -> readdress(Connect.HERE, OTHER), () -> {});
            endsInOrder(jpptp);
        } finally {
            readdress(OTHER, Connect.HERE);
        }
    }

    /** The old address is there still, and nobody listens there. */
    @Test
    void aServerThatMovesToAnotherAddressOfItsName(@TempDir Path directory) throws IOException {
        // Who runs in the namespace has it in the place of /etc/hosts.
        Path hosts = Files.createDirectories(Path.of("/etc/netns", here.name())).resolve("hosts");
        Files.writeString(hosts, SERVER + " vpn.example.test\n");
        try (JpptpProcess jpptp = connectTo("vpn.example.test")) {
            comesBack(jpptp, directory, () -> peer.exec(KILL), () -> {
                peer.exec("ip addr add " + MOVED + "/24 dev $(ip -o -4 addr show to " + SERVER
                        + " | sed 's/^[0-9]*: *//; s/ .*//')");
                startServer(" --listen " + MOVED);
                write(hosts, MOVED + " vpn.example.test\n"); // in its place: it is mounted
            });
            try (JpptpProcess status = JpptpProcess.start(here, "status", "vpn.example.test", "--json")) {
                assertThat(status.awaitExit(Connect.LONG)).isZero();
                assertThat(status.out().text()).contains("\"address\":\"" + MOVED + "\"");
            }
            endsInOrder(jpptp);
        } finally {
            Files.delete(hosts);
            Files.delete(hosts.resolveSibling(""));
            peer.exec(KILL + "; ip addr del " + MOVED + "/24 dev $(ip -o -4 addr show to " + MOVED
                    + " | sed 's/^[0-9]*: *//; s/ .*//'); true");
            startServer();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readdress(String old, String other) {
        here.exec("ip", "addr", "del", old + "/24", "dev", peer.device()).orThrow();
        here.address(peer.device(), other + "/24");
        here.exec("ip", "route", "replace", "default", "via", SERVER).orThrow();
    }

    /** What happens meanwhile is seen when it goes on, as after a suspend. */
    @Test
    void aClientThatWasStopped(@TempDir Path directory) throws Exception {
        try (JpptpProcess jpptp = connect()) {
            jpptp.signal("STOP");
            peer.exec(KILL);
            try (Capture capture = Capture.start(here, peer.device(), directory.resolve("stopped.pcap"))) {
                sendCanaries();
                TimeUnit.SECONDS.sleep(STOPPED);
                assertThat(canaries(capture.stop())).isZero();
            }
            startServer();
            comesBack(jpptp, directory, () -> jpptp.signal("CONT"), () -> {});
            endsInOrder(jpptp);
        }
    }

    /**
     * The capture would see them: what is sent after the end leaves in clear. Some are lost before, where a busy machine leaves
     * the guest without a processor.
     */
    @Test
    void withoutATunnelTheHostHasAnotherWay(@TempDir Path directory) throws IOException {
        try (Capture capture = Capture.start(here, peer.device(), directory.resolve("clear.pcap"))) {
            sendCanaries();
            assertThat(canaries(capture.stop())).isBetween(CANARIES / 2L, (long) CANARIES);
        }
    }

    @Test
    void hangUpMakesAnotherConnectionAtOnce() {
        try (JpptpProcess jpptp = connect()) {
            jpptp.signal("HUP");
            jpptp.out().await(BACK, Connect.LONG);
            pings();
            endsInOrder(jpptp);
        }
    }
}
