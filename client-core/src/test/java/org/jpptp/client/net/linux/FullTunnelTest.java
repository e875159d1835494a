package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything goes through the tunnel, whatever else the host is told, and everything is taken back. */
@Timeout(300)
class FullTunnelTest {
    private static final String SERVER = "203.0.113.7";
    private static final String MARK = "172300";

    @TempDir
    Path temporary;

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private Path journals;
    private TestNamespace host;
    private final LinuxLoop loop = new LinuxLoop();
    private TunDevice tun;
    private LinuxHostNetwork network;
    private String before;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(new HostCommands(HostCommands.PLACES, line -> {}).has(HostCommands.Program.NFT), "needs nft");
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("full");
        host.ip("addr", "add", "192.168.7.5/24", "dev", "eth0");
        tun = host.call(() -> loop.openTun(null, Offload.NONE));
        network = new LinuxHostNetwork(journals, tun.name(), trace::add);
        before = state();
    }

    @AfterEach
    void clean() throws Exception {
        if (tun != null) {
            tun.close();
        }
        loop.close();
        if (host != null) {
            host.close();
        }
    }

    private String state() throws Exception {
        return host.state()
                + host.call(() -> TestNamespace.run("nft", "list", "ruleset")
                        + Files.readString(Path.of("/proc/sys/net/ipv4/conf/all/src_valid_mark")));
    }

    private static Routing full(Routing.Lan lan) {
        return new Routing(List.of(Cidr.parse("0.0.0.0/0").orElseThrow()), Routing.Scope.FULL, 0, lan);
    }

    private NetworkPlan plan() {
        return Plans.with(
                full(Routing.Lan.CLOSED), Plans.withAddresses("10.9.0.2", "10.9.0.1", null, Plans.of("pptp0")));
    }

    private void apply(NetworkPlan plan) throws Exception {
        host.call(() -> {
            network.apply(plan);
            return 0;
        });
    }

    private void close(LinuxHostNetwork of) throws Exception {
        host.call(() -> {
            of.close();
            return 0;
        });
    }

    /** Says how a packet would go, or why it would not. */
    private String way(String... to) {
        try {
            String[] question =
                    Stream.concat(Stream.of("route", "get"), Stream.of(to)).toArray(String[]::new);
            return host.ip(question).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void assertAllUndone() throws Exception {
        assertThat(state()).isEqualTo(before);
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(files).isEmpty();
        }
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
    }

    @Test
    void leadsEverythingInAndTakesItBack() throws Exception {
        apply(plan());

        assertThat(way("8.8.8.8")).contains("dev pptp0 table 172300");
        assertThat(way("192.168.7.9")).as("its own network").contains("dev pptp0");
        assertThat(way("192.168.7.9", "from", "192.168.7.5"))
                .as("bound to the outer address")
                .contains("dev pptp0");
        assertThat(way(SERVER)).as("anybody's packets to the server").contains("dev pptp0");
        assertThat(way(SERVER, "mark", MARK)).as("the tunnel's own").contains("via 192.0.2.1 dev eth0");
        assertThat(way("10.9.0.1")).contains("dev pptp0");
        assertThat(way("127.0.0.1")).contains("dev lo");
        assertThat(way("2001:db8::1")).contains("No route to host");
        assertThat(way("2001:db8::1", "oif", "eth0")).contains("Network is unreachable");
        assertThat(way("255.255.255.255", "ipproto", "udp", "sport", "68", "dport", "67", "oif", "eth0"))
                .contains("dev eth0");
        close(network);
        assertAllUndone();
    }

    /** Where a process ends at each step of coming up and of going down, the next start takes back what there is. */
    @Test
    void isTakenBackWhateverTheStepAtWhichItStops() throws Exception {
        int stop = 0;
        boolean wasStopped = true;
        while (wasStopped) {
            stop++;
            wasStopped = stopsBefore(stop);
            tun.close();
            loop.settle();
            try (Stream<Path> files = Files.list(journals)) {
                for (Path journal : files.toList()) { // as of a process that is dead
                    Files.writeString(journal, Files.readString(journal).replaceFirst("started \\d+", "started 1"));
                }
            }
            host.call(() -> {
                UndoJournal.recover(journals, trace::add);
                return 0;
            });
            tun = host.call(() -> loop.openTun("pptp0", Offload.NONE));
            assertThat(withoutIndex(state())).as("step " + stop).isEqualTo(withoutIndex(before));
            try (Stream<Path> files = Files.list(journals)) {
                assertThat(files).as("step " + stop).isEmpty();
            }
        }
        assertThat(stop).isEqualTo(37); // 19 made, 17 taken back, and the end
    }

    private static String withoutIndex(String state) {
        return state.replaceAll("(?m)^\\d+: pptp0", "N: pptp0");
    }

    /** Whether there were so many steps. */
    private boolean stopsBefore(int step) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        LinuxHostNetwork stopping = new LinuxHostNetwork(journals, tun.name(), line -> {
            if (line.startsWith("[#]") && steps.incrementAndGet() == step) {
                throw new IllegalStateException(line);
            }
        });
        try {
            host.call(() -> {
                stopping.apply(Plans.with(full(Routing.Lan.OPEN), plan()));
                stopping.close();
                return 0;
            });
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Routes of main, however narrow, and networks that are numbered like a destination lead nothing past it. */
    @Test
    void takesNoRouteFromOthers() throws Exception {
        apply(plan());
        host.ip("route", "add", "8.8.8.0/24", "via", "192.0.2.66");
        host.ip("route", "add", "8.8.8.8/32", "via", "192.0.2.66");
        host.ip("route", "add", "0.0.0.0/1", "via", "192.0.2.66");
        host.ip("addr", "add", "1.1.1.77/24", "dev", "eth0");

        assertThat(way("8.8.8.8")).contains("dev pptp0");
        assertThat(way("1.1.1.1")).contains("dev pptp0");
        assertThat(way("9.9.9.9")).contains("dev pptp0");
    }

    @Test
    void staysClosedWithoutTheInterface() throws Exception {
        apply(plan());
        tun.close();
        loop.settle();

        assertThat(host.ip("link")).doesNotContain("pptp0");
        assertThat(way("8.8.8.8")).contains("No route to host");
        assertThat(way("192.168.7.9")).contains("No route to host");
        assertThat(way(SERVER, "mark", MARK)).contains("dev eth0");
        close(network);
        assertThat(way("8.8.8.8")).contains("dev eth0");
    }

    @Test
    void keepsTheLanOnRequest() throws Exception {
        host.ip("addr", "add", "1.1.1.77/24", "dev", "eth0");
        before = state();

        apply(Plans.with(full(Routing.Lan.OPEN), plan()));

        assertThat(way("192.168.7.9")).contains("dev eth0");
        assertThat(way("192.168.7.9", "from", "192.168.7.5")).contains("dev eth0");
        assertThat(way("1.1.1.1")).as("not of private addresses").contains("dev pptp0");
        assertThat(way("192.168.8.9")).as("behind a router").contains("dev pptp0");
        close(network);
        assertAllUndone();
    }

    /** Another tunnel of ours and its routes, whichever came first; nor does either swallow the other's outer packets. */
    @Test
    void leavesRoomForAnotherTunnelOfOurs() throws Exception {
        TunDevice second = host.call(() -> loop.openTun("pptp1", Offload.NONE));
        LinuxHostNetwork others = new LinuxHostNetwork(journals, second.name(), trace::add);
        before = state();
        apply(plan());
        NetworkPlan split = Plans.to(
                "198.51.100.9", Plans.withAddresses("10.8.0.2", "10.8.0.1", null, Plans.of("pptp1", "172.16.0.0/12")));
        host.call(() -> {
            others.apply(split);
            return 0;
        });

        assertThat(way("172.16.3.4")).contains("dev pptp1");
        assertThat(way("10.8.0.1")).contains("dev pptp1");
        assertThat(way("8.8.8.8")).contains("dev pptp0");
        assertThat(way("198.51.100.9", "mark", MARK)).contains("dev eth0");
        close(network);
        assertThat(way("172.16.3.4")).contains("dev pptp1");
        assertThat(way("8.8.8.8")).contains("dev eth0");
        close(others);
        assertAllUndone();
        second.close();
    }

    @Test
    void aSecondFullTunnelComesFirstUntilItEnds() throws Exception {
        TunDevice second = host.call(() -> loop.openTun("pptp1", Offload.NONE));
        LinuxHostNetwork others = new LinuxHostNetwork(journals, second.name(), trace::add);
        before = state();
        apply(plan());
        NetworkPlan another = Plans.with(
                full(Routing.Lan.CLOSED),
                Plans.to("198.51.100.9", Plans.withAddresses("10.8.0.2", null, null, Plans.of("pptp1"))));
        host.call(() -> {
            others.apply(another);
            return 0;
        });

        assertThat(way("8.8.8.8")).contains("dev pptp1 table 172301");
        close(others);
        assertThat(way("8.8.8.8")).contains("dev pptp0 table 172300");
        host.call(() -> {
            others.apply(another);
            return 0;
        });
        close(network);
        assertThat(way("8.8.8.8")).contains("dev pptp1 table 172301");
        close(others);
        assertAllUndone();
        second.close();
    }

    /** What wg-quick does for a full tunnel: ours goes through it, and what carries it does not go through ours. */
    @Test
    void goesThroughAFullTunnelOfWireGuards() throws Exception {
        host.ip("link", "add", "wg0", "type", "veth", "peer", "name", "wgfar");
        host.ip("link", "set", "wg0", "addrgenmode", "none", "up");
        host.ip("link", "set", "wgfar", "addrgenmode", "none", "up");
        host.ip("addr", "add", "10.66.0.2/32", "dev", "wg0");
        host.ip("route", "add", "default", "dev", "wg0", "table", "51820");
        host.ip("rule", "add", "not", "fwmark", "51820", "table", "51820");
        host.ip("rule", "add", "table", "main", "suppress_prefixlength", "0");
        before = state();

        apply(plan());

        assertThat(way("8.8.8.8")).contains("dev pptp0");
        assertThat(way(SERVER, "mark", MARK)).contains("dev wg0");
        assertThat(way("198.51.100.1", "mark", "51820")).contains("dev eth0");
        close(network);
        assertAllUndone();
    }

    /** It writes its routes into the main table, with metrics of its own, whenever it likes. */
    @Test
    void doesNotMindNetworkManager() throws Exception {
        apply(plan());
        host.ip("route", "add", "default", "via", "192.0.2.1", "proto", "dhcp", "metric", "100");
        host.ip(
                "route",
                "replace",
                "192.0.2.0/24",
                "dev",
                "eth0",
                "proto",
                "kernel",
                "src",
                "192.0.2.2",
                "metric",
                "100");
        host.ip("route", "flush", "proto", "dhcp");

        assertThat(way("8.8.8.8")).contains("dev pptp0");
        assertThat(way(SERVER, "mark", MARK)).contains("dev eth0");
        close(network);
        assertThat(host.ip("rule") + host.ip("-6", "rule")).doesNotContain("1723");
    }

    @Test
    void followsAnotherAddressAndServer() throws Exception {
        apply(plan());
        apply(Plans.to("198.51.100.9", Plans.withAddresses("10.9.7.7", null, null, plan())));

        assertThat(host.<String>call(() -> TestNamespace.run("nft", "list", "ruleset")))
                .contains("ip daddr 10.9.7.7 ", "198.51.100.9")
                .doesNotContain("10.9.0.2", SERVER);
        assertThat(way("8.8.8.8")).contains("dev pptp0 table 172300 src 10.9.7.7");
        close(network);
        assertAllUndone();
    }

    /** The kernel has the second address of one peer go with the first, unless it is told to keep it. */
    @Test
    void followsAnotherAddressOfTheSameServer() throws Exception {
        host.<String>call(() -> TestNamespace.run(
                "sh", "-c", "for f in /proc/sys/net/ipv4/conf/*/promote_secondaries; do echo 0 > $f; done"));
        apply(plan());
        apply(Plans.withAddresses("10.9.7.7", "10.9.0.1", null, plan()));

        assertThat(host.ip("-o", "-4", "addr", "show", "dev", "pptp0"))
                .contains("10.9.7.7 peer 10.9.0.1")
                .doesNotContain("10.9.0.2");
        assertThat(way("8.8.8.8")).contains("dev pptp0 table 172300 src 10.9.7.7");
        close(network);
        assertAllUndone();
    }

    @Test
    void fillsANamespaceOfItsOwnWithoutAnyRule() throws Exception {
        try (TestNamespace target = TestNamespace.create("target")) {
            apply(Plans.within(target.name(), plan()));

            assertThat(target.ip("route")).contains("default dev pptp0");
            assertThat(target.ip("rule") + host.ip("rule")).doesNotContain("fwmark");
            close(network);
        }
    }
}
