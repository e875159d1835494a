package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real interfaces and routes, in namespaces of their own. */
@Timeout(300)
class LinuxHostNetworkTest {
    private static final String SERVER = "203.0.113.7";

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
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("net");
        tun = host.call(() -> loop.openTun(null, Offload.USO));
        network = new LinuxHostNetwork(journals, tun.name(), trace::add);
        before = host.state();
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

    private NetworkPlan plan(@Nullable String namespace, @Nullable String remote, String server, String... routes) {
        NetworkPlan plan = Plans.to(server, Plans.of(tun.name(), routes));
        return Plans.within(namespace, Plans.withAddresses("10.9.0.2", remote, null, plan));
    }

    private void apply(NetworkPlan plan) throws Exception {
        host.call(() -> {
            network.apply(plan);
            return 0;
        });
    }

    private void close() throws Exception {
        host.call(() -> {
            network.close();
            return 0;
        });
    }

    private HostChangeException refusal(NetworkPlan plan) {
        return catchThrowableOfType(HostChangeException.class, () -> apply(plan));
    }

    private void assertAllUndone() throws Exception {
        assertThat(host.state()).isEqualTo(before);
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void appliesAPlanAndTakesItBack() throws Exception {
        apply(plan(null, "10.9.0.1", SERVER, "10.0.0.0/8", "172.16.0.0/12", "10.0.0.0/8"));

        assertThat(trace)
                .containsExactly(
                        "[#] ip route add 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172 src 192.0.2.2",
                        "[#] ip link set dev pptp0 group 172",
                        "[#] ip link set dev pptp0 addrgenmode none",
                        "[#] ip link set dev pptp0 mtu 1400",
                        "[#] sysctl net/ipv6/conf/pptp0/accept_ra=0",
                        "[#] sysctl net/ipv6/conf/pptp0/accept_redirects=0",
                        "[#] ip addr add 10.9.0.2 peer 10.9.0.1/32 dev pptp0",
                        "[#] ip link set dev pptp0 up",
                        "[#] ip route add 10.0.0.0/8 dev pptp0 proto 172",
                        "[#] ip route add 172.16.0.0/12 dev pptp0 proto 172");
        assertThat(host.ip("addr", "show", "dev", "pptp0"))
                .contains("mtu 1400", "inet 10.9.0.2 peer 10.9.0.1/32")
                .doesNotContain("inet6");
        assertThat(host.ip("route", "get", "10.200.0.1")).contains("dev pptp0");
        assertThat(host.ip("route", "get", "10.9.0.1")).contains("dev pptp0");
        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.2.1 dev eth0 src 192.0.2.2");

        close();
        assertAllUndone();
        close();
    }

    /** Too small for IPv6: the kernel takes IPv6 off the interface, and with it the setting of its addresses. */
    @Test
    void appliesTheSmallestMtu() throws Exception {
        apply(Plans.withMtu(576, Plans.of(tun.name())));
        assertThat(host.ip("addr", "show", "dev", "pptp0")).contains("mtu 576", "inet 10.9.0.2/32");
        close();
        assertAllUndone();
    }

    @Test
    void addsTheLinkLocalAddressAndTakesItBack() throws Exception {
        apply(Plans.withAddresses(
                "10.9.0.2", "10.9.0.1", new LinkLocalAddress(0x021c02fffe030004L), Plans.of(tun.name())));

        assertThat(trace).contains("[#] ip addr add fe80::21c:2ff:fe03:4/64 dev pptp0");
        assertThat(host.ip("-6", "addr", "show", "dev", "pptp0"))
                .containsOnlyOnce("inet6 ")
                .contains("inet6 fe80::21c:2ff:fe03:4/64 scope link")
                .doesNotContain("tentative");
        assertThat(host.ip("-6", "route", "show", "dev", "pptp0")).contains("fe80::/64");

        close();
        assertAllUndone();
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
    }

    @Test
    void canApplyAgain() throws Exception {
        apply(plan(null, null, SERVER, "10.0.0.0/8"));
        close();
        apply(plan(null, null, SERVER, "10.0.0.0/8"));
        assertThat(host.ip("addr")).contains("inet 10.9.0.2/32 scope global pptp0");
        close();
        assertAllUndone();
    }

    private NetworkPlan renegotiated(int mtu, String local, @Nullable String remote, @Nullable LinkLocalAddress ipv6) {
        return Plans.withMtu(mtu, Plans.withAddresses(local, remote, ipv6, Plans.of(tun.name(), "10.0.0.0/8")));
    }

    /** Through an MTU that is too small for IPv6, and back; the routes stay. */
    @Test
    void followsWhatIsRenegotiatedAndTakesAllOfItBack() throws Exception {
        LinkLocalAddress ours = new LinkLocalAddress(0x021c02fffe030004L);
        apply(renegotiated(1400, "10.9.0.2", "10.9.0.1", ours));
        apply(renegotiated(596, "10.9.0.2", "10.9.0.5", null));
        assertThat(host.ip("addr", "show", "dev", "pptp0"))
                .contains("mtu 596", "inet 10.9.0.2 peer 10.9.0.5/32")
                .doesNotContain("10.9.0.1/32", "inet6");
        assertThat(host.ip("route", "get", "10.200.0.1")).contains("dev pptp0 src 10.9.0.2");

        apply(renegotiated(1396, "10.9.7.7", null, ours));
        assertThat(host.ip("addr", "show", "dev", "pptp0"))
                .contains("mtu 1396", "inet 10.9.7.7/32", "inet6 fe80::21c:2ff:fe03:4/64")
                .doesNotContain("10.9.0.2")
                .containsOnlyOnce("inet6 ");
        assertThat(host.ip("route", "get", "10.200.0.1")).contains("dev pptp0 src 10.9.7.7");
        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.2.1 dev eth0");

        close();
        assertAllUndone();
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.0/24", "203.0.113.6/31", "128.0.0.0/1"})
    void noRouteByHandCanLoopTheTunnel(String route) throws Exception {
        apply(plan(null, "10.9.0.1", SERVER));

        host.ip("route", "add", route, "dev", "pptp0");
        host.ip("route", "add", "default", "dev", "pptp0", "metric", "1");

        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.2.1 dev eth0");
    }

    @Test
    void refusesTheServersAddressInside() throws Exception {
        for (NetworkPlan plan : List.of(plan(null, SERVER, SERVER), plan(null, null, SERVER, SERVER))) {
            HostChangeException refusal = refusal(plan);
            assertThat(refusal.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
            assertThat(refusal)
                    .hasMessage("A route to the server's own address 203.0.113.7 through the tunnel would send the"
                            + " tunnel's packets into the tunnel.");
        }
        assertThat(trace).isEmpty();
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void pinsAServerOnTheLink() throws Exception {
        apply(plan(null, null, "192.0.2.99", "192.0.2.64/26"));

        assertThat(trace).contains("[#] ip route add 192.0.2.99/32 dev eth0 scope link proto 172 src 192.0.2.2");
        assertThat(host.ip("route", "get", "192.0.2.99")).contains("dev eth0");
        assertThat(host.ip("route", "get", "192.0.2.98")).contains("dev pptp0");
        close();
        assertAllUndone();
    }

    @Test
    void keepsARouteThatWasThere() throws Exception {
        host.ip("route", "add", SERVER, "via", "192.0.2.1", "dev", "eth0", "proto", "static");
        before = host.state();

        apply(plan(null, null, SERVER));

        assertThat(trace).noneMatch(line -> line.contains("route"));
        close();
        assertAllUndone();
    }

    /** The administrator has routes of his own, which look like ours but for who made them. */
    @Test
    void leavesWhatTheAdministratorHasPutInThePlaceOfOurs() throws Exception {
        apply(plan(null, null, SERVER, "10.0.0.0/8"));
        host.ip("route", "replace", SERVER, "via", "192.0.2.1", "dev", "eth0", "src", "192.0.2.2", "proto", "static");

        close();

        assertThat(host.ip("route")).contains("203.0.113.7 via 192.0.2.1 dev eth0 proto static");
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
        host.ip("route", "del", SERVER);
        assertAllUndone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.0.2.2", "192.0.2.255"})
    void pinsNothingThatDoesNotLeaveTheHost(String server) throws Exception {
        apply(plan(null, null, server, "10.0.0.0/8"));

        assertThat(trace).noneMatch(line -> line.contains(server));
        close();
        assertAllUndone();
    }

    @Test
    void quotesTheHostsRefusalAndUndoesTheRest() throws Exception {
        HostChangeException refusal = refusal(plan(null, "10.9.0.1", SERVER, "10.0.0.0/8", "192.0.2.0/24"));

        assertThat(refusal)
                .hasMessage(
                        "The host refused \"ip route add 192.0.2.0/24 dev pptp0 proto 172\": RTNETLINK answers: File"
                                + " exists.");
        assertThat(refusal.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
        assertThat(refusal.failure().remedy().toString())
                .startsWith("Leave it out")
                .doesNotContain("Remove");
        close();
        assertAllUndone();
    }

    @Test
    void saysThatThereIsNoWayToTheServer() throws Exception {
        host.ip("route", "del", "default");
        before = host.state();

        HostChangeException refusal = refusal(plan(null, null, SERVER));

        assertThat(refusal)
                .hasMessage(
                        "The host refused \"ip route get 203.0.113.7 mark 172300\": RTNETLINK answers: Network is unreachable.");
        close();
        assertAllUndone();
    }

    @Test
    void keepsThePinUntilTheLastTunnelToAServerEnds() throws Exception {
        TunDevice other = host.call(() -> loop.openTun(null, Offload.USO));
        LinuxHostNetwork second = new LinuxHostNetwork(journals, other.name(), trace::add);
        before = host.state();
        apply(plan(null, null, SERVER));
        NetworkPlan plan = Plans.withAddresses("10.9.1.2", null, null, Plans.of(other.name()));
        host.call(() -> {
            second.apply(plan);
            return 0;
        });

        close();
        assertThat(host.ip("route")).contains(SERVER);
        host.call(() -> {
            second.close();
            return 0;
        });
        assertAllUndone();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void movesTheInterfaceIntoANamespace(int othersThere) throws Exception {
        try (TestNamespace target = TestNamespace.create("target")) {
            for (int i = 0; i < othersThere; i++) { // so that the interface's number is taken there
                target.ip("link", "add", "a" + i, "type", "veth", "peer", "name", "b" + i);
            }
            String targetBefore = target.state();

            apply(plan(target.name(), SERVER, SERVER, "0.0.0.0/0"));

            assertThat(host.ip("link")).doesNotContain("pptp0");
            assertThat(host.ip("route")).doesNotContain(SERVER);
            assertThat(target.ip("addr")).contains("mtu 1400", "inet 10.9.0.2 peer 203.0.113.7/32");
            assertThat(target.ip("route", "get", "8.8.8.8")).contains("dev pptp0");

            close();
            assertThat(target.state()).isEqualTo(targetBefore);
            assertThat(withoutIndex(host.state())).isEqualTo(withoutIndex(before));
        }
    }

    /** A number that is taken where an interface returns to is not given back. */
    private static String withoutIndex(String state) {
        return state.replaceAll("(?m)^\\d+: pptp0", "N: pptp0");
    }

    @Test
    void aMovedInterfaceVanishesWithItsDescriptor() throws Exception {
        try (TestNamespace target = TestNamespace.create("target")) {
            apply(plan(target.name(), null, SERVER));
            assertThat(target.ip("link")).contains("pptp0");
            tun.close();
            assertThat(target.ip("link")).doesNotContain("pptp0");
            close();
        }
        assertThat(host.ip("link")).doesNotContain("pptp0");
    }

    @Test
    void namesTheNamespacesThatThereAre() throws Exception {
        for (String name : List.of("hosttest-nowhere", "../x", "a b\u001b", "-n", "")) {
            assertThat(refusal(plan(name, null, SERVER)).failure().sentence())
                    .startsWith(
                            "There is no network namespace \"" + name.replace("\u001b", "\\x1b") + "\"; there are: ")
                    .contains(host.name());
        }
        assertThat(trace).isEmpty();
    }

    @Test
    void closesAfterTheInterfaceWasDeleted() throws Exception {
        apply(plan(null, "10.9.0.1", SERVER, "10.0.0.0/8"));
        host.ip("link", "del", "pptp0");
        host.ip("route", "flush", "dev", "eth0", "exact", SERVER + "/32");

        close();

        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
        assertThat(host.ip("route")).doesNotContain(SERVER);
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void refusesAnUnsafeJournalDirectory() throws Exception {
        Files.createDirectory(journals);
        Files.setPosixFilePermissions(journals, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(refusal(plan(null, null, SERVER)))
                .hasMessage("The undo journal in " + journals
                        + " cannot be written: the directory is another user's, or others may write to it.");
        assertThat(trace).isEmpty();
    }
}
