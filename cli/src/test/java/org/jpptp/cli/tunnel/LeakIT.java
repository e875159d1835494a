package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.cli.tunnel.Canaries.Family;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.OutputLines;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full tunnel that has something happen to it while the host, a host behind it and a container go on sending past it: none of
 * what they send is seen on the outer link. In a build against the embedded server, and a hundred of each family for each
 * fault; with {@code -Djpptp.leaks=whole} against pptpd, a thousand of each for more faults, written to {@code docs/leaks.md}.
 */
@RequiresRoot
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakIT {
    private static final boolean WHOLE = "whole".equals(System.getProperty("jpptp.leaks"));
    private static final int COUNT = WHOLE ? 1000 : 100;
    private static final long MILLIS = WHOLE ? 4000 : 600;
    private static final String LOST = "(Reconnecting|Try \\d+) (in|at once)";
    private static final String BACK = "^Tunnel \\S+ is up again after";
    private static final String RESTORED = "it was made anew|it was put back";
    private static final String CHANGED = "The server receives other\\s+lengths now";
    private static final Pattern INNER = Pattern.compile("inet ([0-9.]+) peer ");
    private static final Pattern DROPPED = Pattern.compile("counter packets (\\d+) ");
    private static final Path DOCUMENT = Path.of("..", "docs", "leaks.md");

    @TempDir
    Path directory;

    private final List<String> rows = new ArrayList<>();
    private LeakSite site;
    private TestNamespace host;
    private Canaries canaries;
    private String before;

    @BeforeAll
    void prepare() {
        site = WHOLE ? LeakSite.ofPptpd() : LeakSite.embedded();
        host = site.host();
        canaries = site.canaries();
        before = host.hostState();
    }

    @AfterAll
    void clean() throws IOException {
        site.close();
        if (WHOLE) {
            String text = Files.readString(DOCUMENT);
            String head = text.substring(0, text.indexOf("| what happens"));
            String tail = text.substring(text.indexOf("\n## "));
            List<String> names = new ArrayList<>();
            for (Family family : Family.values()) {
                names.add(family.name().toLowerCase(java.util.Locale.ROOT));
            }
            String table = "| what happens | " + String.join(" | ", names) + " |\n|---|"
                    + String.join("", Collections.nCopies(names.size(), "---:|")) + "\n" + String.join("\n", rows)
                    + "\n";
            Files.writeString(DOCUMENT, head + table + tail);
        }
    }

    private JpptpProcess connect(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--full-tunnel", "--reconnect", "--interface=pptp7"));
        if (WHOLE) {
            arguments.addAll(List.of("--echo-interval=2", "--echo-failures=4")); // for GRE that is dropped
        }
        arguments.addAll(List.of(more));
        JpptpProcess jpptp = site.start(Connect.arguments(site.server(), arguments.toArray(String[]::new)));
        Connect.awaitUp(jpptp);
        return jpptp;
    }

    /** Something that happens while the canaries fly. */
    private interface Fault {
        void happen() throws IOException;
    }

    private Map<Family, Integer> watch(String what, Fault fault) throws IOException {
        Path file = directory.resolve(rows.size() + ".pcap");
        try (Capture capture = Capture.start(host, site.device(), file)) {
            CompletableFuture<Void> sending = canaries.send(COUNT, MILLIS);
            fault.happen();
            sending.join();
            Map<Family, Integer> seen = canaries.seen(capture.stop());
            rows.add("| " + what + " | "
                    + String.join(
                            " | ", seen.values().stream().map(String::valueOf).toList()) + " |");
            return seen;
        }
    }

    private void nothingLeaves(String what, Fault fault) throws IOException {
        assertThat(watch(what, fault))
                .as(what)
                .allSatisfy((family, count) ->
                        assertThat(count).as("%s, %s", what, family).isZero());
    }

    private void comesThrough(JpptpProcess jpptp) {
        assertThat(jpptp.isRunning()).as(jpptp.err().text()).isTrue();
        Command.Result ping = host.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", site.inner());
        assertThat(ping.status())
                .as(
                        "%s%n%s%n%s%n%s",
                        ping.err(),
                        host.hostState(),
                        jpptp.out().text(),
                        jpptp.err().text())
                .isZero();
    }

    /** The capture sees every family; a host without a tunnel has another way for each. */
    @Test
    @Order(1)
    void withoutATunnelEverythingLeaves() throws IOException {
        site.behind()
                .exec(Connect.LONG, "ping", "-c", "3", "-w", "60", "10.55.0.1")
                .orThrow();
        assertThat(watch("no tunnel (control)", () -> {}))
                .allSatisfy(
                        (family, count) -> assertThat(count).as("%s", family).isEqualTo(COUNT));
    }

    @Test
    @Order(2)
    void nothingLeavesWhateverHappens() throws IOException {
        try (JpptpProcess jpptp = connect()) {
            comesThrough(jpptp);
            nothingLeaves("up", () -> {});
            answersNobodyBeside();
            nothingLeaves("routes as of a hostile DHCP server (TunnelVision)", this::tunnelVision);
            nothingLeaves("a LAN numbered like the destination (TunnelCrack)", this::tunnelCrack);
            nothingLeaves("interface deleted", () -> restored(jpptp, "ip link del pptp7"));
            comesThrough(jpptp);
            nothingLeaves("interface set down", () -> restored(jpptp, "ip link set pptp7 down"));
            comesThrough(jpptp);
            // The kernel takes a destination without a route for one on the link, where a socket is bound to it: only
            // filters
            // keep that, and these are away for a moment.
            assertThat(watch("packet filters flushed", () -> restored(jpptp, "nft flush ruleset; " + site.translate())))
                    .allSatisfy((family, count) -> assertThat(family == Family.DEVICE ? 0 : count)
                            .as("%s", family)
                            .isZero());
            nothingLeaves("packet filters put back", () -> {});
            comesThrough(jpptp);
            nothingLeaves("another connection (HUP)", () -> {
                int times = count(jpptp.out(), BACK);
                jpptp.signal("HUP");
                awaitMore(jpptp.out(), BACK, times);
            });
            comesThrough(jpptp);
            if (WHOLE) {
                more(jpptp);
            } else {
                nothingLeaves("LCP renegotiated", () -> {
                    int times = count(jpptp.out(), CHANGED);
                    site.renegotiate();
                    awaitMore(jpptp.out(), CHANGED, times);
                });
                comesThrough(jpptp);
            }
            nothingLeaves("server killed", () -> {
                int times = count(jpptp.err(), LOST);
                site.killServer();
                awaitMore(jpptp.err(), LOST, times);
            });
            nothingLeaves("server away", () -> {});
            nothingLeaves("server back, with another inner address for us", () -> {
                int times = count(jpptp.out(), BACK);
                site.startServer();
                awaitMore(jpptp.out(), BACK, times);
            });
            comesThrough(jpptp);
            nothingLeaves("kill -9", () -> jpptp.signal("KILL"));
        }
        nothingLeaves("after the kill -9", () -> {});
        try (JpptpProcess next = connect()) {
            nothingLeaves("up after the next start", () -> {});
            next.signal("TERM");
            assertThat(next.awaitExit(Connect.LONG)).isZero();
        }
        host.exec("ip", "addr", "del", "198.51.100.200/24", "dev", site.device())
                .orThrow();
        assertThat(host.hostState()).isEqualTo(before);
    }

    /**
     * CVE-2019-14899: who is beside the host finds out by answers which inner addresses it has, and which connections are open.
     * Without a tunnel it is answered.
     */
    private void answersNobodyBeside() {
        Matcher inner = INNER.matcher(
                host.exec("ip", "-4", "-o", "addr", "show", "dev", "pptp7").orThrow());
        assertThat(inner.find()).isTrue();
        TestNamespace beside = site.behind();
        Command.Result echo = beside.exec(Connect.LONG, "ping", "-c", "5", "-i", "0.2", "-W", "1", inner.group(1));
        assertThat(echo.out()).contains("5 packets transmitted, 0 received");
        String connect = "echo > /dev/tcp/" + inner.group(1) + "/9";
        Command.Result syn = beside.exec(Connect.LONG, "timeout", "3", "bash", "-c", connect);
        assertThat(syn.status()).as("neither RST nor ICMP: %s", syn.err()).isEqualTo(124);
        Matcher dropped = DROPPED.matcher(host.exec("nft", "list", "chain", "inet", "jpptp-pptp7", "strays")
                .orThrow());
        assertThat(dropped.find()).isTrue();
        assertThat(Integer.parseInt(dropped.group(1))).isGreaterThanOrEqualTo(5 + 2);
    }

    private void more(JpptpProcess jpptp) throws IOException {
        nothingLeaves("addresses flushed", () -> restored(jpptp, "ip addr flush dev pptp7"));
        comesThrough(jpptp);
        nothingLeaves("routes of its table flushed", () -> restored(jpptp, "ip route flush table 172300"));
        comesThrough(jpptp);
        nothingLeaves("CCP renegotiated by pppd, which then ends the link", () -> {
            int times = count(jpptp.out(), BACK);
            site.renegotiate();
            awaitMore(jpptp.out(), BACK, times);
        });
        comesThrough(jpptp);
        nothingLeaves("GRE dropped, then not", () -> {
            int lost = count(jpptp.err(), LOST);
            int back = count(jpptp.out(), BACK);
            host.nft("table ip drop_gre { chain in { type filter hook input priority 0; ip protocol gre drop; }; }");
            awaitMore(jpptp.err(), LOST, lost);
            host.nft("delete table ip drop_gre");
            awaitMore(jpptp.out(), BACK, back);
        });
        comesThrough(jpptp);
        nothingLeaves("a second tunnel comes and goes", () -> {
            try (JpptpProcess second = site.start(Connect.arguments(site.server(), "--interface=pptp8"))) {
                Connect.awaitUp(second);
                second.signal("TERM");
                assertThat(second.awaitExit(Connect.LONG)).isZero();
            }
        });
        comesThrough(jpptp);
    }

    private static int count(OutputLines lines, String what) {
        return lines.text().split("(?m)" + what, -1).length;
    }

    /** Waits until something has been said more often than before. */
    private static void awaitMore(OutputLines lines, String what, int before) {
        long deadline = System.nanoTime() + Connect.LONG.toNanos();
        while (count(lines, what) <= before && System.nanoTime() - deadline < 0) {
            pause();
        }
        assertThat(count(lines, what)).as("%s in%n%s", what, lines.text()).isGreaterThan(before);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void restored(JpptpProcess jpptp, String fault) {
        int times = count(jpptp.err(), RESTORED);
        host.exec("sh", "-c", fault).orThrow();
        awaitMore(jpptp.err(), RESTORED, times);
    }

    private void tunnelVision() {
        for (String network :
                List.of("198.51.100.0/24", "198.51.100.11/32", "198.51.100.12/32", "0.0.0.0/1", "128.0.0.0/1")) {
            host.route(network + " via " + site.server());
        }
    }

    private void tunnelCrack() {
        host.exec("ip", "route", "del", Canaries.NETWORK).orThrow();
        host.exec("ip", "route", "del", "198.51.100.11/32").orThrow();
        host.exec("ip", "route", "del", "198.51.100.12/32").orThrow();
        host.exec("ip", "route", "del", "0.0.0.0/1").orThrow();
        host.exec("ip", "route", "del", "128.0.0.0/1").orThrow();
        host.address(site.device(), "198.51.100.200/24");
    }

    /** Before, between, and afterwards. */
    @Test
    @Order(3)
    void lockedDownNothingLeavesWithoutATunnelEither() throws IOException {
        try (JpptpProcess on = site.start(List.of("lockdown", "on"))) {
            assertThat(on.awaitExit(Connect.LONG)).as(on.err().text()).isZero();
        }
        nothingLeaves("lockdown, no tunnel", () -> {});
        try (JpptpProcess jpptp = connect("--lockdown")) {
            nothingLeaves("lockdown, a full tunnel", () -> comesThrough(jpptp));
            nothingLeaves("lockdown, the tunnel ends", () -> {
                jpptp.signal("TERM");
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            });
        }
        nothingLeaves("lockdown, restart", () -> {
            try (JpptpProcess jpptp = connect("--lockdown")) {
                jpptp.signal("TERM");
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            }
        });
        try (JpptpProcess off = site.start(List.of("lockdown", "off"))) {
            assertThat(off.awaitExit(Connect.LONG)).as(off.err().text()).isZero();
        }
        assertThat(watch("lockdown off (control)", () -> {}))
                .allSatisfy((family, count) -> assertThat(count).isEqualTo(COUNT));
    }
}
